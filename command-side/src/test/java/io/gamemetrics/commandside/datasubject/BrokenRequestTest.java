package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A request that can't be taken on holds up no other. */
class BrokenRequestTest {

    @Test
    void laterRequestsGoOn() {
        PlayedReadModels readModels = PlayedReadModels.of("metrics");
        ErasureOrders orders = readModels.orders();
        try (TestCommandSide server = TestCommandSide.start(Databases.create(), readModels.settings())) {
            String key = server.createGame("broken");
            String privacy = server.person(Map.of("broken", Set.of(Role.PRIVACY)));
            server.events("broken", key, "[" + Played.event("a", "anna") + "," + Played.event("b", "bert") + "]");
            UUID broken = erase(server, privacy, "anna");
            awaitOrder(orders, broken);
            server.context()
                    .getBean(PostgresVault.class)
                    .requestSecrets()
                    .put(broken, Intake.NAME, "not one".getBytes(StandardCharsets.UTF_8));

            awaitOrder(orders, erase(server, privacy, "bert"));
        }
    }

    private static void awaitOrder(ErasureOrders orders, UUID request) {
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> orders.find(request, 0).isPresent());
    }

    private static UUID erase(TestCommandSide server, String privacy, String player) {
        Answer answer = server.send("DELETE", "/v1/games/broken/players/" + player, privacy, null, new byte[0]);
        assertThat(answer.status()).isEqualTo(202);
        return UUID.fromString(answer.body().get("requestId").textValue());
    }
}
