package io.gamemetrics.infrastructure.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that may be used without asking again until a lease is over. The lease runs from the moment before the value
 * was read, not from when it arrived: a slow answer makes it shorter. Bounded in number. Safe for concurrent use.
 */
final class Leases<K, V> {

    private final LongSupplier nanoTime;
    private final Cache<K, Held<V>> held;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    Leases(Duration length, int most, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.held = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(nanoTime::getAsLong)
                .expireAfter(Expiry.<K, Held<V>>writing(
                        (key, value) -> length.minusNanos(nanoTime.getAsLong() - value.readAtNanos())))
                .build();
    }

    /** What to give to {@link #put} as the moment before a read. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** The value, or absent when there is no lease or it is over. */
    @Nullable
    V get(K key) {
        Held<V> value = held.getIfPresent(key);
        return value == null ? null : value.value();
    }

    /** @param readAtNanos {@link #now} before the value was read */
    void put(K key, V value, long readAtNanos) {
        held.put(key, new Held<>(value, readAtNanos));
    }

    void end(K key) {
        held.invalidate(key);
    }

    private record Held<V>(V value, long readAtNanos) {}
}
