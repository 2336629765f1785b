package io.gamemetrics.projections.recommendationsstore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Items' numbers one process has read, so that they need not be read with every batch. They hold as long as no item was
 * deleted since, which the tables count, whoever deletes. Safe for concurrent use.
 */
final class ItemNumbers {

    /** About 10 MB. Beyond it all are forgotten, and those in use read again. */
    private static final int MOST = 50_000;

    private volatile Known known = new Known(-1);

    /** What is known between two deletions. */
    private static final class Known {
        final long deletions;
        final Map<Items.Key, Long> numbers = new ConcurrentHashMap<>();

        Known(long deletions) {
            this.deletions = deletions;
        }
    }

    /** @param deletions how many there have been, asked for in the transaction that writes rows of the item */
    @Nullable
    Long of(Items.Key item, long deletions) {
        Known now = known;
        return now.deletions == deletions ? now.numbers.get(item) : null;
    }

    /** After the transaction that read or made them has ended well: a number that was rolled back may mean another item later. */
    void learned(Map<Items.Key, Long> numbers, long deletions) {
        Known now = known;
        if (now.deletions < deletions || now.numbers.size() > MOST) {
            now = new Known(deletions);
            known = now;
        }
        if (now.deletions == deletions) {
            now.numbers.putAll(numbers);
        }
    }

    /** For whenever the tables turn out to be others than thought, or may be: a backup that is put back counts from before. */
    void forget() {
        known = new Known(-1);
    }
}
