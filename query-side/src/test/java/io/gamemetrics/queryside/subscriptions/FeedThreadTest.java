package io.gamemetrics.queryside.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedThreadTest {

    private static final String FOLLOWED = "followed";

    private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** What the store throws. */
    private static final class Outage extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatever_goes_wrong_it_follows_again() throws Exception {
        Throwable[] troubles = {new Outage(), new IllegalStateException("a fault"), new AssertionError("an error")};
        try (FeedThread feed = FeedThread.start("test-feed", Outage.class, self -> {
            int attempt = seen.size();
            seen.add(FOLLOWED + attempt);
            if (attempt < troubles.length) {
                raise(troubles[attempt]);
            }
            awaitInterruption();
        })) {
            await().until(() -> seen.size() > troubles.length);
            assertThat(seen).containsExactly("followed0", "followed1", "followed2", "followed3");
            assertThat(feed.isClosed()).isFalse();
        }
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_rests_after_trouble_and_not_after_it_has_come_to_an_end() throws Exception {
        LinkedBlockingQueue<Long> nanos = new LinkedBlockingQueue<>();
        try (FeedThread feed = FeedThread.start("test-feed", Outage.class, self -> {
            nanos.add(System.nanoTime());
            if (nanos.size() == 2) {
                throw new Outage();
            }
            if (nanos.size() == 3) {
                awaitInterruption();
            }
        })) {
            await().until(() -> nanos.size() >= 3);
            nanos.remove();
            long failed = nanos.remove();

            assertThat(nanos.remove() - failed).isGreaterThan(400_000_000L);
            assertThat(feed.isClosed()).isFalse();
        }
    }

    @Test
    void when_closed_it_is_interrupted_and_follows_no_more() throws Exception {
        FeedThread feed = FeedThread.start("test-feed", Outage.class, self -> {
            seen.add(FOLLOWED);
            awaitInterruption();
        });
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(FOLLOWED);

        feed.close();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(feed.isClosed()).isTrue();
        assertThat(seen.poll(1, TimeUnit.SECONDS)).isNull();
    }

    private void awaitInterruption() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static void raise(Throwable trouble) {
        switch (trouble) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(trouble);
        }
    }
}
