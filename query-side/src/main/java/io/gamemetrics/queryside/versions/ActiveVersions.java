package io.gamemetrics.queryside.versions;

import io.gamemetrics.infrastructure.replays.ReplaysException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of each read model that new requests are answered from. A switch is noticed within {@value #STALE_MILLIS}
 * ms; the version left is there for much longer. Who can't ask goes on with what was known. Safe for concurrent use.
 */
public final class ActiveVersions {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveVersions.class);

    static final int STALE_MILLIS = 500;

    private static final long STALE_NANOS = Duration.ofMillis(STALE_MILLIS).toNanos();

    private final Function<String, OptionalInt> ask;
    private final LongSupplier nanos;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param ask what is active; absent before the projection ran for the first time */
    public ActiveVersions(Function<String, OptionalInt> ask) {
        this(ask, System::nanoTime);
    }

    ActiveVersions(Function<String, OptionalInt> ask, LongSupplier nanos) {
        this.ask = ask;
        this.nanos = nanos;
    }

    /** The active version of a projection's read model; 1 before there is any. */
    public int of(String projection) {
        return known.computeIfAbsent(projection, Known::new).version();
    }

    /**
     * The version a request is answered from: the one it was answered from before, or the active one. Outside of a request
     * the active one.
     */
    public IntSupplier pinned(String projection) {
        return () -> PinnedVersions.of(projection, this::of);
    }

    private final class Known {

        private final String projection;
        private final ReentrantLock asking = new ReentrantLock();
        private volatile int version;
        private volatile long askedAtNanos;

        Known(String projection) {
            this.projection = projection;
        }

        /** One asks, the others go on with what is known; at first they wait. */
        int version() {
            if (version == 0) {
                asking.lock();
            } else if (nanos.getAsLong() - askedAtNanos < STALE_NANOS || !asking.tryLock()) {
                return version;
            }
            try {
                if (version == 0 || nanos.getAsLong() - askedAtNanos >= STALE_NANOS) {
                    version = ask();
                    askedAtNanos = nanos.getAsLong();
                }
                return version;
            } finally {
                asking.unlock();
            }
        }

        private int ask() {
            try {
                return ask.apply(projection).orElse(Math.max(version, 1));
            } catch (ReplaysException e) {
                // Before the tables are there, or while nobody answers: then the stores themselves do not either.
                LOG.debug("the active version of {} is not known", projection, e);
                return Math.max(version, 1);
            }
        }
    }
}
