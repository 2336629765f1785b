package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsMemory;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsStoreException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What versions of the boards take, as it was measured last. Measuring asks for each key, which would hold up who asks: it
 * is done aside, one at a time, when somebody wants to know and the last time is a while ago. Safe for concurrent use.
 */
final class MeasuredMemory {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredMemory.class);
    private static final long GOOD_FOR_NANOS = Duration.ofMinutes(10).toNanos();

    private final LeaderboardsMemory memory;
    private final Executor aside;
    private final Map<Integer, Measured> known = new ConcurrentHashMap<>();
    private final AtomicBoolean measuring = new AtomicBoolean();

    MeasuredMemory(LeaderboardsMemory memory) {
        this(memory, work -> Thread.ofPlatform()
                .name("leaderboards-memory")
                .daemon(true)
                .start(work));
    }

    /** @param aside where it is measured */
    MeasuredMemory(LeaderboardsMemory memory, Executor aside) {
        this.memory = memory;
        this.aside = aside;
    }

    private record Measured(long bytes, long atNanos) {}

    /** Absent before it was measured for the first time. */
    OptionalLong ofVersion(int number) {
        Measured last = known.get(number);
        if ((last == null || System.nanoTime() - last.atNanos > GOOD_FOR_NANOS) && !measuring.getAndSet(true)) {
            aside.execute(() -> measure(number));
        }
        return last == null ? OptionalLong.empty() : OptionalLong.of(last.bytes);
    }

    /** What is left of Redis' memory. */
    OptionalLong free() {
        return OptionalLong.of(memory.free());
    }

    private void measure(int number) {
        try {
            known.put(number, new Measured(memory.ofVersion(number), System.nanoTime()));
        } catch (LeaderboardsStoreException e) {
            LOG.debug("what version {} takes was not measured; when it is asked for again", number, e);
        } finally {
            measuring.set(false);
        }
    }
}
