package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Hold;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the version nobody reads is to wait, as one who compares says it over and over. It is written down when it is
 * another place, and else now and then, well before it would be forgotten. Used by one thread.
 */
final class Holding {

    static final Duration AGAIN = Duration.ofSeconds(5);

    private final Comparisons comparisons;
    private final long comparison;
    private final String instance;
    private final LongSupplier nanos;
    private @Nullable Hold written;
    private long writtenAtNanos;

    /** @param nanos a clock as {@link System#nanoTime} is one */
    Holding(Comparisons comparisons, long comparison, String instance, LongSupplier nanos) {
        this.comparisons = comparisons;
        this.comparison = comparison;
        this.instance = instance;
        this.nanos = nanos;
    }

    void at(Hold hold) {
        long now = nanos.getAsLong();
        if (!hold.equals(written) || now - writtenAtNanos >= AGAIN.toNanos()) {
            comparisons.hold(comparison, instance, hold);
            written = hold;
            writtenAtNanos = now;
        }
    }

    /** Lets it go on. */
    void release() {
        written = null;
        comparisons.release(comparison, instance);
    }
}
