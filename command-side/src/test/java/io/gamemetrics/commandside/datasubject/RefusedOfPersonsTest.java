package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCommandSide.class)
class RefusedOfPersonsTest {

    @Test
    void whatExpiredAndIsStillThereIsTakenOutToo() throws SQLException {
        TestCommandSide server = SharedCommandSide.server();
        String game = SharedCommandSide.newGame();
        String key = server.createGame(game);
        server.events(
                game,
                key,
                "[" + event("bad", "anna-o-neil").replace("first", "") + ","
                        + event("bad", "bert").replace("first", "") + "]");
        int number = server.context()
                .getBean(PostgresVault.class)
                .findGameNumber(new GameId(game))
                .orElseThrow();
        try (var connection = DriverManager.getConnection(
                        SharedCommandSide.databases().store(),
                        TestPostgres.server().user(),
                        TestPostgres.server().password());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE rejected_event SET expires_at = '2026-01-01T00:00:00Z' WHERE tenant = " + number))
                    .isEqualTo(2);
        }
        RefusedOfPersons refused = new RefusedOfPersons(server.context().getBean(RejectedLog.class));

        Map<String, List<String>> ids = Map.of("anna", List.of("anna-o-neil"), "both", List.of("anna-o-neil", "bert"));
        Map<String, List<Long>> found = refused.find(number, ids);
        List<Long> annas = found.getOrDefault("anna", List.of());
        assertThat(annas).hasSize(1);
        assertThat(found.get("both")).hasSize(2).containsAll(annas);
        refused.delete(number, annas);
        refused.delete(number, annas);
        assertThat(refused.find(number, ids)).containsOnlyKeys("both");
    }
}
