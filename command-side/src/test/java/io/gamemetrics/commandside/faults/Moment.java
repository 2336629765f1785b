package io.gamemetrics.commandside.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Moments in the middle of work. */
final class Moment {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final int MOST_ANSWERS = 60;
    private static final int MOST_MICROS_MORE = 20_000;

    private Moment() {}

    /** Waits until some more requests were answered, and then for a part of one. */
    static void after(Random random, Ledger ledger) {
        answers(ledger, 5 + random.nextInt(MOST_ANSWERS));
        LockSupport.parkNanos(1_000L * random.nextInt(MOST_MICROS_MORE));
    }

    /** Waits until so many more requests were answered 200. */
    static void answers(Ledger ledger, int more) {
        await("nothing was answered any more", ledger::answers, more);
    }

    /** Waits until so many more requests were answered 503. */
    static void unavailable(Ledger ledger, int more) {
        await("nothing was refused", ledger::timesUnavailable, more);
    }

    /** The fault itself lasts so long. */
    static void pass(Duration fault) {
        long end = System.nanoTime() + fault.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static void await(String otherwise, LongSupplier count, int more) {
        long wanted = count.getAsLong() + more;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count.getAsLong() < wanted) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
