package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import javax.sql.DataSource;

/**
 * Where this side finds persons and asks others for them: the same for who erases, who plans it and who exports. Safe for
 * concurrent use.
 *
 * @param readModels where orders and answers lie, and what is known of versions; it need not answer yet
 */
public record PersonStores(
        DataSource readModels,
        PostgresVault vault,
        EventStore store,
        EventCodec codec,
        PlayerCommands players,
        RejectedLog rejectedLog) {

    /** Makes the tables of orders and versions; before the first is looked for. */
    void prepare() {
        ReplaysSchema.migrate(readModels);
        ErasuresSchema.migrate(readModels);
    }

    Persons persons() {
        return new Persons(vault, store, codec, players);
    }

    RefusedOfPersons refused() {
        return new RefusedOfPersons(rejectedLog);
    }

    ErasureOrders orders() {
        return new ErasureOrders(readModels);
    }

    Versions versions() {
        return new Versions(readModels);
    }

    Quarantines quarantines() {
        return new Quarantines(readModels);
    }
}
