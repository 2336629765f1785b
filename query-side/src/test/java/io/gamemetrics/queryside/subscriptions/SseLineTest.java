package io.gamemetrics.queryside.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** In whatever order things happen to a stream, its client is told of the end, and nothing is left of it here. */
@Timeout(20)
class SseLineTest {

    private static final int MOST = 4;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final SubscriptionLimits LIMITS = limits(NEVER);

    private OpenLines lines = lines(LIMITS);
    private final FakeStream stream = new FakeStream();
    private final Disposable operation = Disposables.single();
    private SseLine line;

    @BeforeEach
    void open() {
        lines.start();
        line = new SseLine("token", LIMITS, lines, new ObjectMapper());
        assertThat(lines.opened(line)).isEmpty();
    }

    @AfterEach
    void close() {
        lines.stop();
    }

    private static SubscriptionLimits limits(Duration initTimeout) {
        return new SubscriptionLimits(100, 100, 10, MOST, DataSize.ofKilobytes(64), initTimeout, NEVER, NEVER, NEVER);
    }

    private static OpenLines lines(SubscriptionLimits limits) {
        return new OpenLines(limits, token -> {
            throw new AssertionError("nobody's token is looked at");
        });
    }

    /** From now on a stream has no time to begin. */
    private void openInHaste() {
        close();
        lines = lines(limits(Duration.ofMillis(1)));
        open();
    }

    private void begin() {
        line.begin(stream);
        line.runs(operation);
    }

    @Test
    void one_that_is_ended_before_it_begins_says_why_as_soon_as_it_does() throws Exception {
        line.end(Ending.TOKEN_REFUSED);
        begin();
        stream.awaitCompleted();
        assertThat(stream.sent).last().asString().startsWith("error ").contains("UNAUTHENTICATED");
        assertNothingIsLeft();
    }

    @Test
    void what_comes_before_it_begins_is_sent_when_it_does() throws Exception {
        line.next(Map.of("data", 1));
        line.ping();
        line.complete();
        begin();
        stream.awaitCompleted();
        assertThat(stream.sent).containsExactly(":", "next {\"data\":1}", "complete ");
        assertNothingIsLeft();
    }

    @Test
    void a_ping_before_it_begins_changes_nothing() throws Exception {
        line.ping();
        begin();
        line.next(Map.of("data", 1));
        Await.until(() -> stream.sent.size() == 2);
        assertThat(stream.sent).containsExactly(":", "next {\"data\":1}");
        assertThat(lines.count()).isEqualTo(1);
        assertThat(operation.isDisposed()).isFalse();
    }

    @Test
    void one_that_never_begins_gives_its_place_back() {
        openInHaste();
        Await.until(() -> lines.count() == 0);
    }

    @Test
    void one_that_begins_after_its_time_is_told_that_it_ended() throws Exception {
        openInHaste();
        Await.until(() -> lines.count() == 0);
        begin();
        stream.awaitCompleted();
        assertThat(stream.sent).last().asString().contains("UNAVAILABLE");
        assertNothingIsLeft();
    }

    @Test
    void whose_other_end_is_gone_is_let_go_however_that_shows() throws Exception {
        for (Throwable how : List.of(new IOException(), new IllegalStateException(), new StackOverflowError())) {
            FakeStream broken = new FakeStream();
            Disposable running = Disposables.single();
            SseLine left = new SseLine("token", LIMITS, lines, new ObjectMapper());
            lines.opened(left);
            left.begin(broken);
            left.runs(running);
            broken.breakWith(how);
            left.next(Map.of("data", 1));
            broken.awaitCompleted();
            Await.until(running::isDisposed);
            Await.until(() -> lines.count() <= 1);
        }
        begin();
        stream.fail();
        assertNothingIsLeft();
    }

    @Test
    void who_takes_more_slowly_than_results_come_is_told_so_when_he_takes_again() throws Exception {
        begin();
        CountDownLatch taking = stream.stall();
        for (int i = 0; i < MOST + 2; i++) {
            line.next(Map.of("data", i));
        }
        assertThat(operation.isDisposed()).isTrue();
        taking.countDown();
        stream.awaitCompleted();
        assertThat(stream.sent.getLast()).startsWith("error ").contains("TOO_SLOW");
        assertNothingIsLeft();
    }

    @Test
    void the_end_is_told_even_where_nothing_more_fits() throws Exception {
        begin();
        CountDownLatch taking = stream.stall();
        line.next(Map.of("data", "first"));
        stream.awaitSending();
        for (int i = 0; i < MOST; i++) {
            line.next(Map.of("data", i));
        }
        line.complete();
        taking.countDown();
        stream.awaitCompleted();
        assertThat(stream.sent).hasSize(MOST + 3).last().isEqualTo("complete ");
        assertNothingIsLeft();
    }

    @Test
    void one_that_comes_while_the_service_stops_is_refused() {
        lines.stop();
        SseLine late = new SseLine("token", LIMITS, lines, new ObjectMapper());
        assertThat(lines.opened(late)).contains(Ending.SHUTTING_DOWN);
        assertThat(lines.count()).isLessThanOrEqualTo(1);
    }

    /** Every order in which five things can happen to a stream, the beginning among them. */
    @Test
    void in_every_order_the_client_is_told_of_the_end_and_nothing_is_left() throws Exception {
        for (List<Happening> order : orders(List.of(Happening.values()))) {
            FakeStream other = new FakeStream();
            Disposable running = Disposables.single();
            SseLine any = new SseLine("token", LIMITS, lines, new ObjectMapper());
            lines.opened(any);
            for (Happening happening : order) {
                switch (happening) {
                    case BEGINNING -> {
                        any.begin(other);
                        any.runs(running);
                    }
                    case RESULT -> any.next(Map.of("data", 1));
                    case PING -> any.ping();
                    case COMPLETION -> any.complete();
                    case ENDING -> any.end(Ending.SHUTTING_DOWN);
                }
            }
            assertThat(running.isDisposed()).as("%s", order).isTrue();
            Await.until(other::isCompleted);
            assertThat(other.sent.getLast()).as("%s", order).matches("(error|complete) .*");
        }
        Await.until(() -> lines.count() <= 1);
    }

    private enum Happening {
        BEGINNING,
        RESULT,
        PING,
        COMPLETION,
        ENDING
    }

    private static List<List<Happening>> orders(List<Happening> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Happening>> orders = new ArrayList<>();
        for (Happening first : all) {
            List<Happening> rest = all.stream().filter(other -> other != first).toList();
            orders(rest).forEach(tail -> {
                List<Happening> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                orders.add(order);
            });
        }
        return orders;
    }

    private void assertNothingIsLeft() {
        Await.until(() -> lines.count() == 0 && operation.isDisposed());
    }
}
