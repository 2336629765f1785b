package io.gamemetrics.queryside.subscriptions;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a feed: follows a store, and when that comes to an end begins again; after whatever went wrong, half a
 * second later. Without it every subscriber would wait for ever, so it ends only when it is closed. Safe for concurrent use.
 */
public final class FeedThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedThread.class);
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(500);

    /** What it does, until {@link FeedThread#isClosed} or there is nobody any more to do it for. */
    @FunctionalInterface
    public interface Following {

        void follow(FeedThread feed) throws InterruptedException;
    }

    private final Class<? extends RuntimeException> outage;
    private final Following following;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private FeedThread(String name, Class<? extends RuntimeException> outage, Following following) {
        this.outage = outage;
        this.following = following;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /**
     * Begins to follow.
     *
     * @param name of the thread, by which the log speaks of it
     * @param outage what the store throws when it can't be asked, which is no fault of the feed's
     */
    public static FeedThread start(String name, Class<? extends RuntimeException> outage, Following following) {
        FeedThread feed = new FeedThread(name, outage, following);
        feed.thread.start();
        return feed;
    }

    public boolean isClosed() {
        return closing.getCount() == 0;
    }

    private void run() {
        try {
            while (!isClosed()) {
                attempt();
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: closed", thread.getName(), e);
        }
    }

    private void attempt() throws InterruptedException {
        try {
            following.follow(this);
        } catch (RuntimeException | Error e) {
            if (isClosed()) {
                // Whatever it was asking was interrupted.
                LOG.debug("{}: closed", thread.getName(), e);
                return;
            }
            if (outage.isInstance(e)) {
                LOG.warn("{}: the store can't be asked; trying again: {}", thread.getName(), e.getMessage());
            } else {
                LOG.error("{}: begins again", thread.getName(), e);
            }
            closing.await(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }
}
