package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An erasure that was begun is taken on by somebody, whatever backup was put back in between. */
class LeftErasuresTest {

    private static final PlayerId ANNA = new PlayerId("anna");

    private final PlayedReadModels readModels = PlayedReadModels.of("metrics");
    private final Databases databases = Databases.create();

    @Test
    void aVaultPutBackToBeforeTheRequestHasTheErasureTakenUpUnderAnother() throws SQLException {
        ErasureOrders orders = readModels.orders();
        UUID lost;
        Subject anna;
        try (TestCommandSide server = start()) {
            String key = server.createGame("left");
            server.events("left", key, "[" + Played.event("a", "anna") + "," + Played.event("b", "bert") + "]");
            anna = subject(server);
            lost = erase(server);
            awaitOrder(orders, lost);
        }
        putVaultBackToBefore(lost);
        ErasuresSchema.drop(readModels.database());
        readModels.make();

        try (TestCommandSide server = start()) {
            UUID takenUp = LeftErasures.idOf(anna);
            ErasureOrder order = awaitOrder(orders, takenUp);

            assertThat(order.step()).isEqualTo(Step.REMAINDER);
            assertThat(order.streams()).containsExactly(anna.pseudonym().value());
            assertThat(orders.find(lost, 0)).as("nobody knows of it any more").isEmpty();
            Answer listed = server.get("/v1/data-subject-requests", privacy(server));
            assertThat(listed.body()).singleElement().satisfies(request -> {
                assertThat(request.get("requestId").textValue()).isEqualTo(takenUp.toString());
                assertThat(request.get("phase").textValue()).isEqualTo("EXECUTING");
            });
            assertThat(server.context()
                            .getBean(PostgresVault.class)
                            .audit()
                            .verify()
                            .intact())
                    .isTrue();
        }
        orders.forget(LeftErasures.idOf(anna), 0);
        try (TestCommandSide again = start()) {
            // Orders are made after the first look for erasures that were left.
            awaitOrder(orders, LeftErasures.idOf(anna));
            assertThat(again.get("/v1/data-subject-requests", privacy(again)).body())
                    .as("one is enough")
                    .hasSize(1);
        }
    }

    private TestCommandSide start() {
        return TestCommandSide.start(databases, readModels.settings());
    }

    /** What a copy from before the request is: neither that nor the erasure is in it. The ledger lies outside. */
    private void putVaultBackToBefore(UUID request) throws SQLException {
        try (var connection = DriverManager.getConnection(databases.vault());
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM request_secret");
            statement.execute("DELETE FROM request_key");
            statement.execute("DELETE FROM game_stream WHERE stream = '" + request + "'");
            statement.execute("DELETE FROM erased_player");
            statement.execute("UPDATE vault SET ledger_entries = 0, ledger_mac = NULL");
        }
    }

    private static Subject subject(TestCommandSide server) {
        PostgresVault vault = server.context().getBean(PostgresVault.class);
        int game = vault.findGameNumber(new GameId("left")).orElseThrow();
        return Objects.requireNonNull(vault.findSubjects(game, List.of(ANNA)).get(ANNA));
    }

    private static ErasureOrder awaitOrder(ErasureOrders orders, UUID request) {
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> orders.find(request, 0).isPresent());
        return orders.find(request, 0).orElseThrow();
    }

    private static UUID erase(TestCommandSide server) {
        Answer answer = server.send("DELETE", "/v1/games/left/players/anna", privacy(server), null, new byte[0]);
        assertThat(answer.status()).isEqualTo(202);
        return UUID.fromString(answer.body().get("requestId").textValue());
    }

    private static String privacy(TestCommandSide server) {
        return server.person(Map.of("left", Set.of(Role.PRIVACY)));
    }
}
