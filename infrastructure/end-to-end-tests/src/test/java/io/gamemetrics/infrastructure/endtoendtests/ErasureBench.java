package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long does an erasure take, from the order to the certificate, when several are ordered at once and much is stored? */
@Tag("bench")
class ErasureBench {

    private static final int EVENTS = Integer.getInteger("events", 1_000_000);
    private static final int ERASURES = Integer.getInteger("erasures", 20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void from_the_order_to_the_certificate() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.measured(data).untilReady();
                Client client = Client.of(data)) {
            ManyErasures.play(client, EVENTS);
            List<String> requests = ManyErasures.order(client, ERASURES);
            Map<String, Duration> took = ManyErasures.untilCertified(client, requests, PATIENCE);
            assertThat(took).hasSize(ERASURES);
            long[] millis = took.values().stream()
                    .mapToLong(Duration::toMillis)
                    .sorted()
                    .toArray();
            System.out.print(BenchReport.write(
                    "erasures-at-once",
                    "ms from the order to the certificate; the last is the longest",
                    "{\"events\":%d,\"erasures\":%d,\"processors\":%d}"
                            .formatted(EVENTS, ERASURES, Runtime.getRuntime().availableProcessors()),
                    millis,
                    Map.of()));
            assertThat(platform.isRunning()).isTrue();
        }
    }
}
