package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the live tail costs an event of players who send some together, in processor time of this process and of Redis.
 * Baselines in the same run: the same where each event is another player's; and an entry for each event, as before runs.
 */
@Tag("bench")
class LiveTailBench {

    private static final int GAME = 7;
    private static final int EVENTS_A_FLUSH = Integer.getInteger("events", 300);
    private static final int PER_PLAYER = Integer.getInteger("perPlayer", 25);
    private static final int FLUSHES = Integer.getInteger("flushes", 300);
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 5;
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long number;
    private Checkpoint at = checkpoint(0);

    @Test
    void events_that_come_together_cost_less_than_each_by_itself() throws Exception {
        try (LiveTailStore store = LiveTailStore.open(TestRedis.url())) {
            store.cleaner().drop();
            LiveTailBatch first = store.writer().begin(0);
            assertThat(first.commit(null, at)).isTrue();
            Cost runs = new Cost();
            Cost singles = new Cost();
            Cost before = new Cost();
            // The first rounds warm up and are not counted.
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                int place = Math.max(0, round);
                measure(store, PER_PLAYER, events -> write(store, events), runs, place);
                measure(store, 1, events -> write(store, events), singles, place);
                measure(store, PER_PLAYER, events -> writeAsBefore(store, events), before, place);
            }
            String settings =
                    "{\"events\":%d,\"perPlayer\":%d,\"flushes\":%d}".formatted(EVENTS_A_FLUSH, PER_PLAYER, FLUSHES);
            String unit = "processor nanoseconds an event";
            System.out.print(BenchReport.write(
                    "livetail", unit, settings, runs.here, Map.of("singles", singles.here, "before", before.here)));
            System.out.print(BenchReport.write(
                    "livetail-redis",
                    unit,
                    settings,
                    runs.redis,
                    Map.of("singles", singles.redis, "before", before.redis)));
            assertThat(BenchReport.median(runs.here)).isLessThan(BenchReport.median(before.here));
            assertThat(BenchReport.median(runs.redis)).isLessThan(BenchReport.median(before.redis));
        }
    }

    /** Processor nanoseconds an event, by round. */
    private static final class Cost {
        final long[] here = new long[ROUNDS];
        final long[] redis = new long[ROUNDS];
    }

    private void measure(LiveTailStore store, int perPlayer, Consumer<List<LiveEvent>> write, Cost cost, int place) {
        long hereBefore = process.getProcessCpuTime();
        long redisBefore = redisNanos(store);
        for (int flush = 0; flush < FLUSHES; flush++) {
            write.accept(events(perPlayer));
        }
        long events = (long) FLUSHES * EVENTS_A_FLUSH;
        cost.redis[place] = (redisNanos(store) - redisBefore) / events;
        cost.here[place] = (process.getProcessCpuTime() - hereBefore) / events;
    }

    private void write(LiveTailStore store, List<LiveEvent> events) {
        LiveTailBatch batch = store.writer().begin(0);
        events.forEach(event -> batch.add(GAME, event));
        Checkpoint next = checkpoint(number);
        assertThat(batch.commit(at, next)).isTrue();
        at = next;
    }

    private void writeAsBefore(LiveTailStore store, List<LiveEvent> events) {
        store.checkpoints().read(0);
        BeforeRuns.write(store, GAME + 1, 0, LiveTailWriter.KEPT_EVENTS, events);
        Checkpoint next = checkpoint(number);
        assertThat(store.checkpoints().compareAndSet(0, at, next, List.of(), List.of(), "8"))
                .isTrue();
        at = next;
    }

    private List<LiveEvent> events(int perPlayer) {
        List<LiveEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_FLUSH; i++) {
            number++;
            events.add(new LiveEvent(
                    new Position(1, number),
                    "progression",
                    null,
                    new UUID(7, number / perPlayer),
                    AT.plusMillis(10 * number),
                    AT.plusMillis(10 * (number / EVENTS_A_FLUSH)),
                    "ios",
                    "SE",
                    "1.4.2",
                    Map.of("gate", "gate_40"),
                    Map.of(
                            "status",
                            "complete",
                            "world",
                            "desert",
                            "stage",
                            "" + number % 50,
                            "score",
                            "" + number % 997)));
        }
        return events;
    }

    private static long redisNanos(LiveTailStore store) {
        return store.commands()
                .info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToLong(line -> (long) (1e9 * Double.parseDouble(line.substring(line.indexOf(':') + 1))))
                .sum();
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(1, number), AT, number, number, number);
    }
}
