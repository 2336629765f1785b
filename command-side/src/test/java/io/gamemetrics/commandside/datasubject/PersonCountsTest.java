package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(SharedCommandSide.class)
class PersonCountsTest {

    @Test
    void whoCannotBeCountedHoldsUpNobodyElse() {
        PGSimpleDataSource readModels = new PGSimpleDataSource();
        readModels.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(readModels);
        ErasuresSchema.migrate(readModels);
        ErasureOrders orders = new ErasureOrders(readModels);
        TestCommandSide server = SharedCommandSide.server();
        var beans = server.context();
        PostgresVault vault = beans.getBean(PostgresVault.class);
        EventStore store = beans.getBean(EventStore.class);
        PersonCounts counts = new PersonCounts(
                new Persons(vault, store, beans.getBean(EventCodec.class), beans.getBean(PlayerCommands.class)),
                new RefusedOfPersons(beans.getBean(RejectedLog.class)),
                orders,
                new Quarantines(readModels),
                vault,
                store);
        String game = SharedCommandSide.newGame();
        String key = server.createGame(game);
        server.events(game, key, "[" + event("a1", "anna") + "]");
        UUID plan = UUID.randomUUID();

        counts.count(
                plan,
                Map.of(0, new Intake.Subject("no-such-game", "anna"), 1, new Intake.Subject(game, "anna")),
                List.of());

        assertThat(PersonCounts.counted(orders.answers(plan, Step.PLAN))).containsExactly(1);
    }
}
