package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasurePlans;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import javax.sql.DataSource;

/**
 * What plans are made with: who counts, and who shows what was counted.
 *
 * @param process to be started
 */
public record Plans(PlanDesk desk, PlanProcess process) {

    /** @param readModels where orders and answers lie, and what is known of versions; it need not answer yet */
    public static Plans over(
            DataSource readModels,
            RequestDesk desk,
            RequestViews views,
            PlayerCommands players,
            RejectedLog rejectedLog,
            PostgresVault vault,
            EventStore store,
            EventCodec codec) {
        ErasurePlans plans = new ErasurePlans(readModels);
        ErasureOrders orders = new ErasureOrders(readModels);
        PersonCounts counts = new PersonCounts(
                new Persons(vault, store, codec, players),
                new RefusedOfPersons(rejectedLog),
                orders,
                new Quarantines(readModels),
                vault,
                store);
        Runnable prepare = () -> {
            ReplaysSchema.migrate(readModels);
            ErasuresSchema.migrate(readModels);
        };
        return new Plans(
                new PlanDesk(desk, vault, plans, orders, new Versions(readModels)),
                new PlanProcess(prepare, vault.requestSecrets(), views, plans, orders, counts));
    }
}
