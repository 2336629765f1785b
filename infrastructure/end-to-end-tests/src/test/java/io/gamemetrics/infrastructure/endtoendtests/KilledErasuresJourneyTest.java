package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty erasures at once on a platform that is killed again and again: all are done in five minutes, none is forgotten. */
@Tag("faults")
class KilledErasuresJourneyTest {

    private static final int EVENTS = Integer.getInteger("events", 100_000);
    private static final int ERASURES = 20;
    private static final int KILLS = 4;
    private static final int LONGEST_LIFE_MILLIS = 6_000;
    private static final Duration ALL = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void allAreDoneAndNoneIsForgotten() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Map<String, String> ports = Map.of(
                "GAMEMETRICS_COMMAND_PORT", Integer.toString(FreePorts.next()),
                "GAMEMETRICS_QUERY_PORT", Integer.toString(FreePorts.next()));
        PlatformProcess platform = PlatformProcess.on(data, ports).untilReady();
        try (Client client = Client.of(data)) {
            ManyErasures.play(client, EVENTS);
            List<String> requests = ManyErasures.order(client, ERASURES);
            long begun = System.nanoTime();
            for (int kill = 0; kill < KILLS; kill++) {
                ManyErasures.live(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
                platform.kill();
                platform.close();
                platform = PlatformProcess.on(data, ports).untilReady();
            }
            Duration left = ALL.minusNanos(System.nanoTime() - begun);
            assertThat(ManyErasures.untilCertified(client, requests, left))
                    .as("seed %s", seed)
                    .hasSize(ERASURES);
        } finally {
            platform.close();
        }
    }
}
