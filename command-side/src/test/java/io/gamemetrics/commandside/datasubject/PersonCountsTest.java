package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
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
        TestCommandSide server = SharedCommandSide.server();
        var beans = server.context();
        PersonStores stores = new PersonStores(
                readModels,
                beans.getBean(PostgresVault.class),
                beans.getBean(EventStore.class),
                beans.getBean(EventCodec.class),
                beans.getBean(PlayerCommands.class),
                beans.getBean(RejectedLog.class));
        stores.prepare();
        PersonCounts counts = new PersonCounts(stores);
        String game = SharedCommandSide.newGame();
        String key = server.createGame(game);
        server.events(game, key, "[" + event("a1", "anna") + "]");
        UUID plan = UUID.randomUUID();

        counts.count(
                plan,
                Map.of(0, new Intake.Subject("no-such-game", "anna"), 1, new Intake.Subject(game, "anna")),
                List.of());

        assertThat(PersonCounts.counted(stores.orders().answers(plan, Step.PLAN)))
                .containsExactly(1);
    }
}
