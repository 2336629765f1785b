package io.gamemetrics.infrastructure.erasures;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Has a search wait a little for erasures that are about to need it too: a search reads all of a store, and once is enough for
 * all who are looked for together. No longer than a part of what a certificate waits for anyway. Used by one thread.
 */
public final class Gathering {

    static final Duration MOST = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Map<String, Long> since = new HashMap<>();

    public Gathering() {
        this(System::nanoTime);
    }

    Gathering(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Asked when there is something to look for, and again until it is true: then the search begins.
     *
     * @param store what is searched
     */
    public boolean isOver(String store, ErasureOrders orders) {
        long now = nanoTime.getAsLong();
        if (now - since.computeIfAbsent(store, any -> now) < MOST.toNanos() && orders.isSearchToCome()) {
            return false;
        }
        since.remove(store);
        return true;
    }
}
