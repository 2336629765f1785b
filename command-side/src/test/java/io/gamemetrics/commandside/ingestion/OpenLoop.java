package io.gamemetrics.commandside.ingestion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Begins something so many times a second, whether what it began before has ended or not, and measures from the moment at
 * which each was to begin: who comes late because others take long has waited as well.
 */
final class OpenLoop {

    /** More are not begun at once; their wait counts. */
    private static final int MOST_AT_ONCE = 2_000;

    private OpenLoop() {}

    /** @return how long each took, in nanoseconds, sorted */
    static long[] nanos(double perSecond, Duration length, Callable<?> one) throws InterruptedException {
        int count = (int) Math.max(1, perSecond * length.toNanos() / 1e9);
        long[] took = new long[count];
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>(count);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int number = i;
            long due = begun + (long) (i * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (i >= MOST_AT_ONCE) {
                threads.get(i - MOST_AT_ONCE).join();
            }
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    one.call();
                } catch (Exception e) {
                    failures.add(e);
                }
                took[number] = System.nanoTime() - due;
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " of " + count + " failed", failures.peek());
        }
        Arrays.sort(took);
        return took;
    }

    /** The value below which so much of the sorted ones lie, for each round, in microseconds. */
    static long[] micros(List<long[]> rounds, double quantile) {
        return Stream.of(rounds.toArray(long[][]::new))
                .mapToLong(
                        sorted -> sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1_000)
                .toArray();
    }
}
