package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.ScriptOutputType;
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
 * What the live tail costs an event, in processor time of this process and of Redis. Baseline in the same run: an entry with
 * a field for each thing it says, sent as texts.
 */
@Tag("bench")
class LiveTailBench {

    private static final int GAME = 7;
    private static final int EVENTS_A_FLUSH = Integer.getInteger("events", 300);
    private static final int FLUSHES = Integer.getInteger("flushes", 400);
    private static final int ROUNDS = 5;
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final String FIELDS = """
            local at = 1
            while at <= #ARGV do
              local count = tonumber(ARGV[at + 1])
              redis.call('XADD', KEYS[1], ARGV[at] .. '-0', unpack(ARGV, at + 2, at + 1 + count))
              at = at + 2 + count
            end
            if redis.call('XLEN', KEYS[1]) > 2000 then redis.call('XTRIM', KEYS[1], 'MAXLEN', 2000) end
            return 1
            """;

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long number;
    private Checkpoint at = checkpoint(0);

    @Test
    void an_event_in_one_text_costs_less_than_in_many() throws Exception {
        try (LiveTailStore store = LiveTailStore.open(TestRedis.url())) {
            store.cleaner().drop();
            LiveTailBatch first = store.writer().begin(0);
            assertThat(first.commit(null, at)).isTrue();
            long[] here = new long[ROUNDS];
            long[] redis = new long[ROUNDS];
            long[] hereByFields = new long[ROUNDS];
            long[] redisByFields = new long[ROUNDS];
            // The first round warms up and is not counted.
            for (int round = -1; round < ROUNDS; round++) {
                int place = Math.max(0, round);
                measure(store, events -> write(store, events), here, redis, place);
                measure(store, events -> writeByFields(store, events), hereByFields, redisByFields, place);
            }
            String settings = "{\"events\":%d,\"flushes\":%d}".formatted(EVENTS_A_FLUSH, FLUSHES);
            String unit = "processor nanoseconds an event";
            System.out.print(BenchReport.write("livetail", unit, settings, here, Map.of("fields", hereByFields)));
            System.out.print(
                    BenchReport.write("livetail-redis", unit, settings, redis, Map.of("fields", redisByFields)));
            assertThat(BenchReport.median(here)).isLessThan(BenchReport.median(hereByFields));
            assertThat(BenchReport.median(redis)).isLessThan(BenchReport.median(redisByFields));
        }
    }

    private void measure(LiveTailStore store, Consumer<List<LiveEvent>> write, long[] here, long[] redis, int place) {
        long hereBefore = process.getProcessCpuTime();
        long redisBefore = redisNanos(store);
        for (int flush = 0; flush < FLUSHES; flush++) {
            write.accept(events());
        }
        long events = (long) FLUSHES * EVENTS_A_FLUSH;
        redis[place] = (redisNanos(store) - redisBefore) / events;
        here[place] = (process.getProcessCpuTime() - hereBefore) / events;
    }

    private void write(LiveTailStore store, List<LiveEvent> events) {
        LiveTailBatch batch = store.writer().begin(0);
        events.forEach(event -> batch.add(GAME, event));
        Checkpoint next = checkpoint(number);
        assertThat(batch.commit(at, next)).isTrue();
        at = next;
    }

    private void writeByFields(LiveTailStore store, List<LiveEvent> events) {
        List<String> arguments = new ArrayList<>();
        for (LiveEvent event : events) {
            List<String> texts = new ArrayList<>(LiveEvent.opened(List.of(LiveEvent.PACKED, event.packed())));
            texts.addAll(List.of(LiveEvent.PLAYER, String.valueOf(event.player())));
            arguments.add(Long.toString(event.position().number()));
            arguments.add(Integer.toString(texts.size()));
            arguments.addAll(texts);
        }
        store.checkpoints().read(0);
        store.run(FIELDS, ScriptOutputType.INTEGER, List.of("gm:live:{8}:1:0"), arguments);
        Checkpoint next = checkpoint(number);
        assertThat(store.checkpoints().compareAndSet(0, at, next, List.of(), List.of(), "8"))
                .isTrue();
        at = next;
    }

    private List<LiveEvent> events() {
        List<LiveEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_FLUSH; i++) {
            number++;
            events.add(new LiveEvent(
                    new Position(1, number),
                    "progression",
                    null,
                    new UUID(number, number),
                    AT,
                    AT,
                    "ios",
                    "SE",
                    "1.4.2",
                    Map.of("gate", "gate_40"),
                    Map.of("status", "complete", "world", "desert", "stage", "7", "score", "4711")));
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
