package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gamemetrics.infrastructure.replays.QuarantineOrder.Kind;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.State;
import io.gamemetrics.infrastructure.replays.QuarantineOrders.Open;
import io.gamemetrics.infrastructure.replays.QuarantineOrders.Outcome;
import io.gamemetrics.infrastructure.replays.QuarantineRefused.Reason;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class QuarantineOrdersTest {

    private static final Set<Integer> PARTITIONS = Set.of(0, 1, 2, 3, 4, 5);

    private static final String MODEL = "numbers";
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private Quarantines quarantines;
    private QuarantineOrders orders;

    @BeforeEach
    void open() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        quarantines = new Quarantines(database);
        orders = new QuarantineOrders(database);
    }

    @Test
    void what_is_told_again_replaces_what_was_told_of_the_partition_and_of_no_other() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3), waiting(OTHER, 12, "payload.broken", 1));
        tell(1, 1, waiting(ONE, 11, "handler.failed", 1));
        WaitingStream first = quarantines.list(MODEL, null, 0, 1).getFirst();
        tell(1, 0, waiting(ONE, 10, "handler.failed", 5));

        assertThat(quarantines.list(MODEL, null, 0, 9))
                .extracting(WaitingStream::partition, WaitingStream::events)
                .containsExactly(tuple(0, 5L), tuple(1, 1L));
        assertThat(quarantines.list(MODEL, null, 0, 1).getFirst().since()).isEqualTo(first.since());
        assertThat(quarantines.list(MODEL, null, first.id(), 9)).hasSize(1);
        assertThat(quarantines.list("others", null, 0, 9)).isEmpty();
        assertThat(quarantines.list(null, "payload.broken", 0, 9)).isEmpty();
    }

    @Test
    void a_stream_that_waits_for_another_event_waits_since_then() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        Instant before = quarantines.of(MODEL, ONE).getFirst().since();
        tell(1, 0, waiting(ONE, 15, "handler.failed", 1));

        assertThat(quarantines.of(MODEL, ONE).getFirst().since()).isAfter(before);
    }

    @Test
    void an_order_is_for_every_version_and_partition_where_the_stream_waits() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3), waiting(OTHER, 12, "handler.failed", 1));
        tell(2, 0, waiting(ONE, 10, "handler.failed", 3));
        UUID id = orders.retry(MODEL, ONE, "ada");

        assertThat(orders.open(MODEL, 1, PARTITIONS, 9))
                .extracting(Open::stream)
                .containsExactly(ONE);
        assertThat(orders.open(MODEL, 2, PARTITIONS, 9)).extracting(Open::kind).containsExactly(Kind.RETRY);
        QuarantineOrder order = orders.find(id).orElseThrow();
        assertThat(order.actor()).isEqualTo("ada");
        assertThat(order.isOpen()).isTrue();
        assertThat(order.targets()).hasSize(2);
        assertThat(orders.latest(9)).extracting(QuarantineOrder::id).containsExactly(id);
    }

    @Test
    void what_came_of_it_stays_readable() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        tell(2, 0, waiting(ONE, 10, "handler.failed", 3));
        UUID id = orders.skip(MODEL, ONE, null, "sent twice", "ada");
        orders.done(orders.open(MODEL, 1, PARTITIONS, 9).getFirst().target(), new Outcome(2, 1, null, null));
        Open second = orders.open(MODEL, 2, PARTITIONS, 9).getFirst();
        assertThat(second.kind()).isEqualTo(Kind.SKIP);
        assertThat(second.position()).isEqualTo(new Position(7, 10));
        orders.done(second.target(), new Outcome(0, 1, new Position(7, 11), "handler.failed"));
        orders.done(second.target(), new Outcome(9, 9, null, null));

        QuarantineOrder order = orders.find(id).orElseThrow();
        assertThat(order.isOpen()).isFalse();
        assertThat(order.reason()).isEqualTo("sent twice");
        assertThat(order.applied()).isEqualTo(2);
        assertThat(order.targets())
                .extracting(QuarantineOrder.Target::state)
                .containsExactly(State.RELEASED, State.STOPPED);
        assertThat(order.targets().getLast().stoppedAt()).isEqualTo(new Position(7, 11));
    }

    @Test
    void all_of_a_cause_are_retried_but_for_those_with_an_open_order() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3), waiting(OTHER, 12, "handler.failed", 1));
        orders.retry(MODEL, ONE, "ada");
        UUID all = orders.retryAll(MODEL, "handler.failed", "ada");

        assertThat(orders.find(all).orElseThrow().targets())
                .extracting(QuarantineOrder.Target::stream)
                .containsExactly(OTHER);
        assertRefused(() -> orders.retryAll(MODEL, "handler.failed", "ada"), Reason.ORDERED);
        assertThat(orders.open(MODEL, 1, PARTITIONS, 9))
                .extracting(Open::stream)
                .containsExactly(ONE, OTHER);
    }

    @Test
    void an_order_for_nothing_is_refused() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        assertRefused(() -> orders.retry(MODEL, OTHER, "ada"), Reason.NOTHING_WAITS);
        assertRefused(() -> orders.retry("others", ONE, "ada"), Reason.NOTHING_WAITS);
        assertRefused(() -> orders.retryAll(MODEL, "payload.broken", "ada"), Reason.NOTHING_WAITS);
        assertThat(orders.latest(9)).isEmpty();
    }

    @Test
    void a_skip_is_of_one_event_which_has_to_be_said_where_versions_wait_for_different_ones() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        tell(2, 0, waiting(ONE, 12, "handler.failed", 1));

        assertRefused(() -> orders.skip(MODEL, ONE, null, "why", "ada"), Reason.WHICH);
        assertRefused(() -> orders.skip(MODEL, ONE, new Position(7, 11), "why", "ada"), Reason.OTHER_EVENT);
        UUID id = orders.skip(MODEL, ONE, new Position(7, 12), "why", "ada");
        assertThat(orders.find(id).orElseThrow().targets())
                .extracting(QuarantineOrder.Target::version)
                .containsExactly(2);
    }

    @Test
    void of_many_who_order_the_same_at_once_one_does() throws Exception {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        List<Future<Boolean>> tries = new ArrayList<>();
        try (ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> ordering = () -> {
                try {
                    orders.retry(MODEL, ONE, "ada");
                    return true;
                } catch (QuarantineRefused e) {
                    return false;
                }
            };
            for (int i = 0; i < 8; i++) {
                tries.add(operators.submit(ordering));
            }
        }
        int given = 0;
        for (Future<Boolean> each : tries) {
            given += each.get() ? 1 : 0;
        }
        assertThat(given).isEqualTo(1);
    }

    @Test
    void an_order_for_a_version_that_is_dropped_is_over() {
        Versions versions = new Versions(database);
        versions.register(new KnownProjection(MODEL, 1, true, 1));
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        UUID id = orders.retry(MODEL, ONE, "ada");
        versions.dropped(new Version(MODEL, 1, 1, Version.State.DROPPING, Instant.EPOCH));

        assertThat(orders.find(id).orElseThrow().targets().getFirst().state()).isEqualTo(State.GONE);
        assertThat(quarantines.of(MODEL, ONE)).isEmpty();
    }

    @Test
    void a_streams_name_can_be_forgotten_and_what_was_ordered_stays_readable() {
        tell(1, 0, waiting(ONE, 10, "handler.failed", 3));
        UUID id = orders.retry(MODEL, ONE, "ada");

        assertThat(quarantines.forget(ONE)).isEqualTo(3);
        assertThat(quarantines.forget(ONE)).isZero();
        assertThat(quarantines.of(MODEL, ONE)).isEmpty();
        QuarantineOrder order = orders.find(id).orElseThrow();
        assertThat(order.stream()).isNull();
        assertThat(order.targets().getFirst().stream()).isNull();
        assertThat(orders.open(MODEL, 1, PARTITIONS, 9)).isEmpty();
    }

    private void tell(int version, int partition, WaitingStream... streams) {
        quarantines.tell(MODEL, version, partition, List.of(streams));
    }

    private static WaitingStream waiting(UUID stream, long number, String cause, long events) {
        Position position = new Position(7, number);
        return new WaitingStream(0, MODEL, 0, 0, stream, 5, position, number, 3, 1, cause, events, Instant.EPOCH);
    }

    private static void assertRefused(ThrowingCallable order, Reason reason) {
        assertThatThrownBy(order).isInstanceOfSatisfying(QuarantineRefused.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }
}
