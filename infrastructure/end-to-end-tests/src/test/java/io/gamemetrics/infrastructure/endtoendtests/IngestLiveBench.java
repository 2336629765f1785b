package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.BenchSettings;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many events a second does a whole platform take, which publishes them and counts them in every read model meanwhile,
 * with its servers and its senders on the same two processors? Baseline in the same run, by turns: a command side that
 * does nothing else. How far are the read models behind? And what does a million events cost each of the stores?
 */
@Tag("bench")
class IngestLiveBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 20));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUpSeconds", 60));
    private static final Duration WARM_UP_ALONE =
            Duration.ofSeconds(Integer.getInteger("aloneWarmUpSeconds", (int) WARM_UP.toSeconds()));
    private static final IngestLoad LOAD = IngestLoad.CLUSTERED;
    private static final double LEAST_SHARE = 0.5;
    private static final long MOST_LAG_MILLIS = 2_000;

    @TempDir
    Path folder;

    @Test
    void ingestion_with_all_that_follows() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.measured(data).untilReady();
                Client client = Client.of(data);
                CommandSideAlone alone = CommandSideAlone.start(folder.resolve("alone"))) {
            LiveSenders live = new LiveSenders(client, "live", client.createGame("live", "UTC"), LOAD);
            LiveSenders bare =
                    new LiveSenders(alone.client(), "alone", alone.client().createGame("alone", "UTC"), LOAD);
            live.perSecond(WARM_UP);
            live.untilCaughtUp();
            bare.perSecond(WARM_UP_ALONE);
            StoreCosts costs = StoreCosts.begin(data, platform);
            long before = live.accepted();
            long[] rates = new long[ROUNDS];
            long[] bareRates = new long[ROUNDS];
            List<LiveLag> lags = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                LiveLag lag = LiveLag.watch(client, "live", live);
                rates[round] = live.perSecond(ROUND);
                lag.stop();
                lags.add(lag);
                live.untilCaughtUp();
                bareRates[round] = bare.perSecond(ROUND);
            }
            report("ingest-live", "durable events/s", Map.of(), rates, Map.of("commandSideAlone", bareRates));
            long[] latest = lags(lags, LiveLag::latestMillis);
            report("ingest-live-lag", "ms, the slowest read model at the end of a round", Map.of(), latest, Map.of());
            report(
                    "ingest-live-lag-highest",
                    "ms, the slowest read model at its worst",
                    Map.of(),
                    lags(lags, LiveLag::highestMillis),
                    Map.of());
            costs.report(live.accepted() - before);
            assertThat(BenchReport.median(rates) / (double) BenchReport.median(bareRates))
                    .as("share of what a command side takes alone")
                    .isGreaterThanOrEqualTo(LEAST_SHARE);
            assertThat(BenchReport.median(latest)).as("lag, ms").isLessThan(MOST_LAG_MILLIS);
        }
    }

    private static long[] lags(List<LiveLag> lags, java.util.function.ToLongFunction<LiveLag> which) {
        return lags.stream().mapToLong(which).toArray();
    }

    static void report(String name, String unit, Map<String, ?> settings, long[] rounds, Map<String, long[]> baselines)
            throws Exception {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("secondsARound", ROUND.toSeconds());
        all.put("warmUpSeconds", WARM_UP.toSeconds());
        all.put("aloneWarmUpSeconds", WARM_UP_ALONE.toSeconds());
        all.put("platformHeapMiB", PlatformProcess.MEASURED_HEAP_MEBIBYTES);
        System.out.print(BenchReport.write(name, unit, BenchSettings.json(all), rounds, baselines));
    }
}
