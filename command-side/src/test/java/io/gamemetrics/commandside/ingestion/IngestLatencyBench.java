package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long does a batch take, from the moment it was to be sent until it is durable, at a quarter, half and three quarters
 * of the highest rate? Baseline: the least durable COPY and commit, as many a second. Rounds alternate.
 */
@Tag("bench")
class IngestLatencyBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 20));
    private static final IngestLoad LOAD = IngestLoad.CLUSTERED;
    private static final int STORE_WRITERS = 8;
    private static final Map<String, Double> QUANTILES = new LinkedHashMap<>();

    static {
        QUANTILES.put("p50", 0.5);
        QUANTILES.put("p99", 0.99);
        QUANTILES.put("p99.9", 0.999);
    }

    @Test
    void how_long_a_batch_takes() throws Exception {
        try (TestCommandSide server = TestCommandSide.start(Databases.create());
                IngestSenders senders = new IngestSenders(server, "bench", server.createGame("bench"));
                EmptyCopy empty = new EmptyCopy(STORE_WRITERS)) {
            senders.perSecond(LOAD, IngestRuns.WARM_UP);
            long[] highest = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                highest[round] = senders.perSecond(LOAD, ROUND.dividedBy(2));
            }
            Map<Integer, P99> p99 = new LinkedHashMap<>();
            for (int share : new int[] {25, 50, 75}) {
                p99.put(share, at(share, BenchReport.median(highest), senders, empty));
            }
            // After all was measured and written down.
            assertThat(p99.get(50)).satisfies(half -> assertThat(half.micros())
                    .as("µs, p99 at half the highest rate: 100 ms, or 5 × an empty COPY and commit")
                    .isLessThanOrEqualTo(Math.max(100_000, 5 * half.leastMicros())));
        }
    }

    /** Medians of the rounds. */
    private record P99(long micros, long leastMicros) {}

    private static P99 at(int share, long highest, IngestSenders senders, EmptyCopy empty) throws Exception {
        double batches = highest * share / 100.0 / LOAD.batch();
        List<long[]> ours = new ArrayList<>();
        List<long[]> least = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(OpenLoop.nanos(batches, ROUND, () -> {
                senders.next(LOAD);
                return true;
            }));
            least.add(OpenLoop.nanos(batches, ROUND, empty::commit));
        }
        for (Map.Entry<String, Double> quantile : QUANTILES.entrySet()) {
            System.out.print(BenchReport.write(
                    "ingest-latency-" + share + "-" + quantile.getKey(),
                    "µs a batch of " + LOAD.batch() + ", " + quantile.getKey(),
                    IngestRuns.settings(
                            ROUND, Map.of("highestEventsPerSecond", highest, "batchesPerSecond", Math.round(batches))),
                    OpenLoop.micros(ours, quantile.getValue()),
                    Map.of("emptyCopy", OpenLoop.micros(least, quantile.getValue()))));
        }
        return new P99(
                BenchReport.median(OpenLoop.micros(ours, 0.99)), BenchReport.median(OpenLoop.micros(least, 0.99)));
    }
}
