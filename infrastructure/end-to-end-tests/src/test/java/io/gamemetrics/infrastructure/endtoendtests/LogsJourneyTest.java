package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.RawSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After all other journeys on the shared platform: no log says whom they were about. */
@Order(Integer.MAX_VALUE)
class LogsJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "logged";

    @Test
    void whateverHappenedToPlayersNoLogNamesThem() throws Exception {
        String control = "rejected-events game=" + GAME;
        try (Client client = PLATFORM.client()) {
            String key = client.createGame(GAME, "UTC");
            String player = "anna" + Logs.SOMEBODY;
            client.send(GAME, key, CanaryEvents.registered(player, player));
            assertThat(client.post(GAME, key, CanaryEvents.refused(player, player))
                            .body())
                    .contains("\"rejected\":1");
            client.command("GET", "/v1/games/" + GAME + "/rejected-events", Map.of());
        }
        List<Path> logs = Logs.of(PLATFORM.data());
        assertThat(logs.stream().map(log -> PLATFORM.data().relativize(log).toString()))
                .contains(
                        "platform.log",
                        "servers/postgres/server.log",
                        "servers/kafka/server.log",
                        "servers/redis/server.log");
        Map<String, List<Path>> found =
                RawSearch.forTexts(control, Logs.SOMEBODY).in(logs);
        assertThat(found.get(control)).as("the control").isNotEmpty();
        assertThat(found.get(Logs.SOMEBODY)).isEmpty();
        assertThat(PLATFORM.process().output()).contains("Ready after").doesNotContain(Logs.SOMEBODY);
    }
}
