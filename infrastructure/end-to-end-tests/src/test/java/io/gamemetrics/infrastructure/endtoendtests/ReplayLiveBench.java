package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What does a replay cost those who play and look meanwhile? A whole platform on this machine, and in it a real game's
 * year, some times. First: are all answers the same while the metrics are rebuilt, switched, left and switched again? Then:
 * how long until a query holds what was accepted? Then: at half the highest rate, with a replay of 10,000 events a second
 * and without, by turns, so that a busy machine disturbs both.
 */
@Tag("bench")
class ReplayLiveBench {

    private static final int TIMES = Integer.getInteger("times", 2);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("seconds", 15));
    private static final int REPLAYED_PER_SECOND = 10_000;
    private static final int SENDERS = 8;
    private static final int LARGE = 200;
    private static final int YEAR_BATCH = 2_000;
    private static final String LIVE = "live";

    @TempDir
    Path folder;

    @Test
    void what_others_notice_of_a_replay() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.measured(data).untilReady();
                Client client = Client.of(data)) {
            CommandLine commandLine = new CommandLine(data);
            List<String> year = IntendoEvents.of(player -> true, commandLine, folder);
            for (int time = 0; time < TIMES; time++) {
                play(client, "intendo-" + time, year);
            }
            String key = client.createGame(LIVE, "UTC");
            reads(client);
            PacedLoad load = new PacedLoad(client, LIVE, key);
            load.highest(ROUND, SENDERS, LARGE); // warms up
            double highest = load.highest(ROUND, SENDERS, LARGE);
            fresh(load, highest);
            beside(client, load, highest);
            assertThat(platform.isRunning()).isTrue();
        }
    }

    /** By several senders at once: nothing depends on what comes first. */
    private static void play(Client client, String game, List<String> year) throws Exception {
        String key = client.createGame(game, "UTC");
        List<Future<String>> sending = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int from = 0; from < year.size(); from += YEAR_BATCH) {
                String events = String.join(",", year.subList(from, Math.min(year.size(), from + YEAR_BATCH)));
                sending.add(senders.submit(() -> client.send(game, key, "[" + events + "]")));
            }
        }
        for (Future<String> sent : sending) {
            client.game(game, sent.get(), "freshness { position }");
        }
    }

    private static void reads(Client client) throws Exception {
        ExactReaders seen;
        try (ExactReaders readers = new ExactReaders(client, "intendo-0")) {
            Replaying replay = Replaying.start(client, "metrics");
            replay.untilReady();
            for (String order : List.of("switch", "rollback", "switch")) {
                replay.order(order);
                Thread.sleep(2_000);
            }
            replay.order("drop");
            seen = readers;
        }
        report(
                "replay-reads",
                "answers that failed or said something else, of all",
                "\"answers\":" + seen.answers(),
                new long[] {seen.troubles().size()},
                Map.of());
        assertThat(seen.troubles()).isEmpty();
    }

    private static void fresh(PacedLoad load, double highest) throws Exception {
        long[] p95 = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            PacedLoad.Ran ran = load.run(ROUND, 1_000, 20);
            p95[round] = Math.round(PacedLoad.Ran.percentileMillis(ran.freshNanos(), 0.95));
        }
        report(
                "replay-freshness",
                "ms from accepted to answered at 1,000 events/s, p95",
                "\"highestEventsPerSecond\":" + Math.round(highest),
                p95,
                Map.of());
    }

    private static void beside(Client client, PacedLoad load, double highest) throws Exception {
        Rounds alone = new Rounds();
        Rounds beside = new Rounds();
        double half = highest / 2;
        Replaying replay = Replaying.start(client, "metrics", REPLAYED_PER_SECOND);
        List<Long> replayed = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            replay.order("pause");
            Thread.sleep(2_000);
            alone.add(load.run(ROUND, half, LARGE));
            replay.order("resume");
            long from = replayedSoFar(replay);
            long begun = System.nanoTime();
            beside.add(load.run(ROUND, half, LARGE));
            replayed.add((replayedSoFar(replay) - from) * 1_000_000_000L / (System.nanoTime() - begun));
        }
        String settings =
                "\"wantedEventsPerSecond\":%d,\"replayedEventsPerSecond\":%s".formatted(Math.round(half), replayed);
        report("replay-beside-rate", "events/s counted", settings, beside.rates(), Map.of("alone", alone.rates()));
        report(
                "replay-beside-answers",
                "µs until accepted, p99",
                settings,
                beside.answers(),
                Map.of("alone", alone.answers()));
        report(
                "replay-beside-freshness",
                "µs from accepted to answered, p99",
                settings,
                beside.fresh(),
                Map.of("alone", alone.fresh()));
        replay.order("cancel");
    }

    private static long replayedSoFar(Replaying replay) throws Exception {
        String position = replay.look().path("position").asText("0");
        return Long.parseLong(position.substring(position.indexOf('.') + 1));
    }

    private static final class Rounds {
        private final List<PacedLoad.Ran> all = new ArrayList<>();

        void add(PacedLoad.Ran ran) {
            assertThat(ran.refused()).isZero();
            all.add(ran);
        }

        long[] rates() {
            return all.stream().mapToLong(ran -> Math.round(ran.perSecond())).toArray();
        }

        long[] answers() {
            return all.stream()
                    .mapToLong(ran -> Math.round(1_000 * PacedLoad.Ran.percentileMillis(ran.answerNanos(), 0.99)))
                    .toArray();
        }

        long[] fresh() {
            return all.stream()
                    .mapToLong(ran -> Math.round(1_000 * PacedLoad.Ran.percentileMillis(ran.freshNanos(), 0.99)))
                    .toArray();
        }
    }

    private static void report(String name, String unit, String settings, long[] rounds, Map<String, long[]> baselines)
            throws Exception {
        String all = "{\"intendoTimes\":%d,\"processors\":%d,\"roundSeconds\":%d,%s}"
                .formatted(TIMES, Runtime.getRuntime().availableProcessors(), ROUND.toSeconds(), settings);
        System.out.print(BenchReport.write(name, unit, all, rounds, new LinkedHashMap<>(baselines)));
    }
}
