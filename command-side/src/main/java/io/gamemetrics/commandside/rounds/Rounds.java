package io.gamemetrics.commandside.rounds;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again, with a rest before each time, until it is closed. A round that fails is told by
 * the kind of its failure alone, whose words may hold anything, and is followed by the next.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final long END_MILLIS = 10_000;

    private final Duration rest;
    private final Round round;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** What is done. */
    @FunctionalInterface
    public interface Round {

        void go() throws InterruptedException;
    }

    /** @param name of the thread: what it is that is done */
    public Rounds(String name, Duration rest, Round round) {
        this.rest = rest;
        this.round = round;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether a long round should end early. */
    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        try {
            while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round.go();
                } catch (RuntimeException e) {
                    LOG.warn(
                            "{}: a round failed, and is done again: {}",
                            thread.getName(),
                            e.getClass().getSimpleName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits ten seconds for the round under way, which is interrupted then. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(END_MILLIS);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
