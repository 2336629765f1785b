package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.BenchSettings;
import io.gamemetrics.infrastructure.testkit.ProcessorTime;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast is a second version of the metrics built from the event store, decryption included, from the order until it
 * follows the stream? Baselines in the same run, on the same PostgreSQL: stock Axon reading the same history from its own
 * event store for a handler that does nothing, and stock Axon driving the metrics' own writers, for each event a commit.
 * And how far is what is foretold of its end from what comes. Rounds alternate, so that a busy machine disturbs all.
 *
 * <p>The whole bar is {@code -Dtimes=30 -Dplayers=1000000 -Devents=5000000}.
 */
@Tag("bench")
class ReplayBench {

    private static final int TIMES = Integer.getInteger("times", 4);
    private static final int PLAYERS = Integer.getInteger("players", 200_000);
    private static final int EVENTS = Integer.getInteger("events", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration ONE_AT_A_TIME = Duration.ofSeconds(8);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int TRIED = 200_000;

    /** Slow enough to go evenly on a machine that does other things too. */
    private static final int EVEN_EVENTS_PER_SECOND = 30_000;

    @Test
    void a_real_games_year_many_times() throws Exception {
        measure(new BenchHistory.Intendo(TIMES));
    }

    @Test
    void many_players_who_come_now_and_then() throws Exception {
        measure(new BenchHistory.Uniform(PLAYERS, EVENTS));
    }

    private static void measure(BenchHistory history) throws Exception {
        try (BenchSources sources = new BenchSources();
                StockAxon stock = new StockAxon()) {
            sources.fill(history);
            stock.fill(history);
            long events = sources.store.position().number();
            try (BenchReplays replays = new BenchReplays(sources)) {
                // The first version is built in the same way: it warms up, and is not counted.
                replays.start(events);
                StockAxon.Way way = best(stock);
                stock.run(way, stock.events(), LONGEST, new StockAxon.Empty());
                Rounds ours = new Rounds();
                Rounds empty = new Rounds();
                long[] oneAtATime = new long[ROUNDS];
                long[] proved = new long[ROUNDS];
                Eta eta = new Eta();
                for (int round = 0; round < ROUNDS; round++) {
                    long processor = processorNanos();
                    BenchReplays.Ran ran = replays.run(null);
                    assertThat(ran.mismatches()).isZero();
                    ours.note(round, events, ran.nanos(), processorNanos() - processor);
                    proved[round] = events * 1_000_000_000L / ran.provedNanos();
                    eta.add(ran);
                    processor = processorNanos();
                    StockAxon.Ran plain = stock.run(way, stock.events(), LONGEST, new StockAxon.Empty());
                    empty.note(round, plain.events(), plain.nanos(), processorNanos() - processor);
                    oneAtATime[round] = oneAtATime(stock);
                }
                Map<String, long[]> baselines = new LinkedHashMap<>();
                baselines.put("stockAxonEmptyHandler", empty.perSecond);
                baselines.put("stockAxonSameWritersOneEventAtATime", oneAtATime);
                baselines.put("untilProved", proved);
                String settings = settings(history, events, way);
                String name = "replay-" + history.name();
                print(name, "events/s", settings, ours.perSecond, baselines);
                print(
                        name + "-processor",
                        "ns of processor time an event, servers included",
                        settings,
                        ours.processorNanos,
                        Map.of("stockAxonEmptyHandler", empty.processorNanos));
                eta.add(replays.run(EVEN_EVENTS_PER_SECOND));
                print(
                        name + "-eta",
                        "per mille between what was foretold and what came, from 20 % on, own rate within 10 %",
                        settings,
                        eta.errors(),
                        Map.of());
            }
        }
    }

    /** Stock Axon's best way to read this, by a part of it. */
    private static StockAxon.Way best(StockAxon stock) throws InterruptedException {
        StockAxon.Way best = StockAxon.Way.EMPTY_HANDLER.getFirst();
        long most = 0;
        for (StockAxon.Way way : StockAxon.Way.EMPTY_HANDLER) {
            stock.run(way, TRIED / 4, LONGEST, new StockAxon.Empty());
            long perSecond =
                    stock.run(way, TRIED, LONGEST, new StockAxon.Empty()).perSecond();
            System.out.printf("stock Axon, empty handler, %s: %,d events/s%n", way.name(), perSecond);
            if (perSecond > most) {
                most = perSecond;
                best = way;
            }
        }
        return best;
    }

    private static long oneAtATime(StockAxon stock) throws InterruptedException {
        long most = 0;
        for (StockAxon.Way way : StockAxon.Way.ONE_EVENT_AT_A_TIME) {
            try (OneEventAtATime writers = new OneEventAtATime(way.segments())) {
                most = Math.max(
                        most, stock.run(way, TRIED, ONE_AT_A_TIME, writers).perSecond());
            }
        }
        return most;
    }

    private static final class Rounds {
        private final long[] perSecond = new long[ROUNDS];
        private final long[] processorNanos = new long[ROUNDS];

        void note(int round, long events, long nanos, long processor) {
            perSecond[round] = events * 1_000_000_000L / nanos;
            processorNanos[round] = processor / events;
        }
    }

    private static long processorNanos() {
        return ProcessorTime.nanos(
                List.of(ProcessHandle.current().pid(), TestPostgres.server().pid()));
    }

    private static void print(String name, String unit, String settings, long[] rounds, Map<String, long[]> baselines)
            throws Exception {
        System.out.print(BenchReport.write(name, unit, settings, rounds, baselines));
    }

    private static String settings(BenchHistory history, long events, StockAxon.Way way) throws SQLException {
        return BenchSettings.json(Map.of(
                "history",
                history.name(),
                "events",
                events,
                "partitions",
                BenchSources.PARTITIONS,
                "stockAxon",
                way.name()));
    }
}
