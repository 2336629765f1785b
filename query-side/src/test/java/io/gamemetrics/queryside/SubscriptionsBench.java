package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.web.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What 10,000 subscriptions, each on a WebSocket of its own, cost one node: heap, threads, and the time of one event to all. */
@Tag("bench")
class SubscriptionsBench {

    private static final int CLIENTS = Integer.getInteger("clients", 10_000);
    private static final int ROUNDS = 7;

    @Test
    void ten_thousand_sockets_follow_one_game() throws Exception {
        try (LiveData data = new LiveData();
                QueryService service = QueryService.start(data.with(Map.of()))) {
            data.store(1);
            long before = heapBytes();
            Process swarm = swarm(service.port());
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(swarm.getInputStream(), StandardCharsets.UTF_8))) {
                long start = System.nanoTime();
                assertThat(said.readLine()).isEqualTo("ready");
                System.out.printf("opened and subscribed: %.1f s%n", (System.nanoTime() - start) / 1e9);
                // The first rounds warm up, and show that all have joined.
                List<Long> millis = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    millis.add(round(data, said));
                }
                long after = heapBytes();
                System.out.printf(
                        "%d subscriptions: %d bytes of heap each, %d threads; one event to all, ms by round: %s%n",
                        CLIENTS,
                        (after - before) / CLIENTS,
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        millis);
            } finally {
                swarm.destroyForcibly();
            }
        }
    }

    private static long round(LiveData data, BufferedReader said) throws IOException {
        long sent = System.currentTimeMillis();
        data.store(1);
        String line = said.readLine();
        assertThat(line).startsWith("all ");
        return Long.parseLong(line.substring("all ".length())) - sent;
    }

    private static Process swarm(int port) throws IOException {
        String query = "subscription { events(gameId: \\\"intendo\\\") { position type player facts { name value } } }";
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SocketSwarm.class.getName(),
                        Integer.toString(port),
                        QueryService.token("intendo", Role.ANALYST),
                        Integer.toString(CLIENTS),
                        query)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
