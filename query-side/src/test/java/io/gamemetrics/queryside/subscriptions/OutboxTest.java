package io.gamemetrics.queryside.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboxTest {

    private static final int ROUNDS = 20_000;

    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<List<String>> ended = new CompletableFuture<>();
    private final CompletableFuture<List<String>> failed = new CompletableFuture<>();

    /** What comes while the sending thread is about to rest is sent before the end, never beside or after it. */
    @Test
    void the_end_comes_after_everything_that_was_offered_before_it() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> all = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<List<String>> atTheEnd = new CompletableFuture<>();
            Outbox outbox = new Outbox(new Way(all::add), 10, 100);
            outbox.begin();
            outbox.offer("a");
            Await.until(() -> !all.isEmpty());
            outbox.offer("b");
            outbox.close(true, () -> atTheEnd.complete(List.copyOf(all)));
            assertThat(atTheEnd.get(10, TimeUnit.SECONDS)).as("round %s", round).containsExactly("a", "b");
        }
    }

    @Test
    void nothing_is_sent_before_it_begins_and_then_everything_is() throws Exception {
        Outbox outbox = new Outbox(new Way(sent::add), 10, 100);
        outbox.offer("a");
        outbox.offer("b");
        outbox.close(true, () -> ended.complete(List.copyOf(sent)));
        assertThat(sent).isEmpty();
        outbox.begin();
        assertThat(ended.get(10, TimeUnit.SECONDS)).containsExactly("a", "b");
    }

    @Test
    void one_that_was_closed_before_it_begins_ends_when_it_begins() throws Exception {
        Outbox outbox = new Outbox(new Way(sent::add), 10, 100);
        outbox.offer("a");
        outbox.close(false, () -> ended.complete(List.copyOf(sent)));
        outbox.close(true, () -> ended.completeExceptionally(new AssertionError("closed twice")));
        assertThat(ended).isNotDone();
        outbox.begin();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whatever_goes_wrong_with_sending_is_told_and_nothing_is_sent_after_it() throws Exception {
        for (Throwable wrong : List.of(new IOException(), new IllegalStateException(), new StackOverflowError())) {
            List<String> tried = Collections.synchronizedList(new ArrayList<>());
            CompletableFuture<Void> told = new CompletableFuture<>();
            Outbox outbox = new Outbox(
                    new Outbox.Sender() {
                        @Override
                        public void send(String message) throws IOException {
                            tried.add(message);
                            OutboxTest.<IOException>sneak(wrong);
                        }

                        @Override
                        public void failed() {
                            told.complete(null);
                        }
                    },
                    10,
                    100);
            outbox.offer("a");
            outbox.offer("b");
            outbox.begin();
            told.get(10, TimeUnit.SECONDS);
            assertThat(outbox.offer("c")).isTrue();
            outbox.close(true, () -> tried.add("the end"));
            assertThat(tried).as("%s", wrong).containsExactly("a");
        }
    }

    @Test
    void more_than_is_kept_is_refused_by_number_and_by_size() {
        Outbox few = new Outbox(new Way(sent::add), 2, 100);
        assertThat(List.of(few.offer("a"), few.offer("b"), few.offer("c"))).containsExactly(true, true, false);
        Outbox small = new Outbox(new Way(sent::add), 10, 3);
        assertThat(List.of(small.offer("aa"), small.offer("bb"), small.offer("c")))
                .containsExactly(true, false, true);
    }

    @Test
    void who_waits_for_room_goes_on_when_half_was_taken_and_when_nothing_goes_any_more() throws Exception {
        Outbox outbox = new Outbox(new Way(sent::add), 4, 100);
        for (int i = 0; i < 3; i++) {
            outbox.offer("a");
        }
        Thread waiting = Thread.ofVirtual().start(() -> await(outbox));
        assertThat(waiting.join(Duration.ofMillis(50))).isFalse();
        outbox.begin();
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        Outbox closed = new Outbox(new Way(sent::add), 4, 4);
        closed.offer("aaaa");
        Thread forNothing = Thread.ofVirtual().start(() -> await(closed));
        closed.close(true, () -> {});
        assertThat(forNothing.join(Duration.ofSeconds(10))).isTrue();
    }

    private static void await(Outbox outbox) {
        try {
            outbox.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // erased: whatever it is, it is thrown
    private static <T extends Throwable> void sneak(Throwable wrong) throws T {
        throw (T) wrong;
    }

    private final class Way implements Outbox.Sender {

        private final Consumer<String> there;

        private Way(Consumer<String> there) {
            this.there = there;
        }

        @Override
        public void send(String message) {
            there.accept(message);
        }

        @Override
        public void failed() {
            failed.complete(List.copyOf(sent));
        }
    }
}
