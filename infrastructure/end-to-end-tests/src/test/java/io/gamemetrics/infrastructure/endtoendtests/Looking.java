package io.gamemetrics.infrastructure.endtoendtests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waiting for what follows within moments and says so to nobody. */
final class Looking {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private Looking() {}

    /** The first look that is as wanted; when none is in time the last one, which the caller's assertion then describes. */
    static <T> T until(Predicate<T> wanted, Callable<T> look) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.call();
        while (!wanted.test(seen) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.call();
        }
        return seen;
    }
}
