package io.gamemetrics.infrastructure.eventcatalog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who reads events of which type, told by what each asked for of late, so that nobody has to say what they read or that they
 * have ended. A set of readers is the bits of a long. Safe for concurrent use.
 */
final class RecentReaders {

    /** More than there are; two that had the same place would count as one. */
    private static final int TYPES = 256;

    private final AtomicInteger made = new AtomicInteger();
    private volatile Asked asked = new Asked(new AtomicLongArray(TYPES), new AtomicLongArray(TYPES));

    /** Who asked for each type, in the period that is over and in this one. */
    private record Asked(AtomicLongArray before, AtomicLongArray now) {}

    /** One more: a bit of its own for the first 64 made; those after share theirs, and some events are opened again. */
    long newReader() {
        return 1L << made.getAndIncrement();
    }

    void asks(long reader, int type) {
        AtomicLongArray now = asked.now();
        if ((now.getOpaque(placeOf(type)) & reader) == 0) {
            now.accumulateAndGet(placeOf(type), reader, (known, more) -> known | more);
        }
    }

    /** Whether these are all who read events of this type. No is also said when that can't be told yet. */
    boolean areAll(long readers, int type) {
        Asked at = asked;
        long before = at.before().getOpaque(placeOf(type));
        long all = before | at.now().getOpaque(placeOf(type));
        return before != 0 && (all & ~readers) == 0;
    }

    /** Begins another period: who has not asked since the last one began is a reader no more. */
    void turn() {
        asked = new Asked(asked.now(), new AtomicLongArray(TYPES));
    }

    private static int placeOf(int type) {
        return type & (TYPES - 1);
    }
}
