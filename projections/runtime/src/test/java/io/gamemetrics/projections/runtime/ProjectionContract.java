package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the runner relies on in every projection. A subclass a projection runs it on the projection's real store, empty
 * before each test. Other modules have it from the test jar: {@code projection-runtime}, type {@code test-jar}, scope
 * test.
 */
public abstract class ProjectionContract {

    private static final Position START = new Position(77, 0);
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    /** The projection on its store. Each call is a new instance on the same store, as another process would have. */
    protected abstract Projection projection();

    /** Events it can apply one after the other to an empty store; at least two, each changing {@link #contents}. */
    protected abstract List<Object> events();

    /** What readers see now, comparable by equals. */
    protected abstract Object contents();

    @Test
    void a_new_projection_has_no_checkpoint_and_no_quarantined_stream() {
        assertThat(projection().checkpoint(0)).isNull();
        assertThat(projection().quarantined(0)).isEmpty();
    }

    @Test
    void every_event_changes_what_readers_see() {
        Checkpoint at = null;
        for (int i = 0; i < events().size(); i++) {
            Object before = contents();
            at = apply(at, i, i + 1);
            assertThat(contents()).as("after event %s", i).isNotEqualTo(before);
        }
    }

    @Test
    void a_checkpoint_is_read_back_as_it_was_committed_by_partition() {
        Checkpoint first = apply(null, 0, 1);
        Checkpoint second = apply(first, 1, 2);

        assertThat(projection().checkpoint(0)).isEqualTo(second);
        assertThat(projection().checkpoint(1)).isNull();
    }

    @Test
    void nothing_is_seen_of_a_batch_before_it_is_committed() {
        Object before = contents();
        Projection.Batch batch = projection().begin(0);
        handle(batch, 0);

        assertThat(contents()).isEqualTo(before);
        assertThat(projection().checkpoint(0)).isNull();
    }

    @Test
    void a_batch_from_a_checkpoint_that_moved_is_refused_and_writes_nothing() {
        Checkpoint first = apply(null, 0, 1);
        Projection.Batch late = projection().begin(0);
        handle(late, 1);
        Checkpoint second = checkpoint(5);
        commitEmpty(first, second);
        Object before = contents();

        assertThatThrownBy(() -> late.commit(first, checkpoint(2), List.of(parked(UUID.randomUUID()))))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(contents()).isEqualTo(before);
        assertThat(projection().checkpoint(0)).isEqualTo(second);
        assertThat(projection().quarantined(0)).isEmpty();
    }

    @Test
    void of_two_first_batches_only_one_is_written() {
        Projection.Batch late = projection().begin(0);
        handle(late, 0);
        apply(null, 0, 1);
        Object before = contents();

        assertThatThrownBy(() -> late.commit(null, checkpoint(1), List.of()))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_parked_events_stream_is_quarantined_in_its_partition() {
        UUID stream = UUID.randomUUID();
        projection().begin(0).commit(null, checkpoint(3), List.of(parked(stream)));

        assertThat(projection().quarantined(0))
                .containsExactly(
                        new QuarantinedStream(parked(stream), parked(stream).position(), 1));
        assertThat(projection().quarantined(1)).isEmpty();
    }

    @Test
    void a_batch_without_events_moves_the_checkpoint_alone() {
        apply(null, 0, 1);
        Object before = contents();
        commitEmpty(projection().checkpoint(0), checkpoint(9));

        assertThat(projection().checkpoint(0)).isEqualTo(checkpoint(9));
        assertThat(contents()).isEqualTo(before);
    }

    private Checkpoint apply(@Nullable Checkpoint expected, int index, long number) {
        Projection.Batch batch = projection().begin(0);
        handle(batch, index);
        Checkpoint next = checkpoint(number);
        batch.commit(expected, next, List.of());
        return next;
    }

    private void commitEmpty(@Nullable Checkpoint expected, Checkpoint next) {
        projection().begin(0).commit(expected, next, List.of());
    }

    private void handle(Projection.Batch batch, int index) {
        new EventHandlers(batch.handlers())
                .handle(events().get(index), place(UUID.nameUUIDFromBytes(new byte[1]), index));
    }

    private static ParkedEvent parked(UUID stream) {
        return new ParkedEvent(place(stream, 3).position(), stream, 3, "handler.failed");
    }

    private static EventPlace place(UUID stream, long sequence) {
        return new EventPlace(new Position(START.incarnation(), sequence + 1), 1, stream, 0, sequence, AT);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(START.incarnation(), number), AT, 100 + number, number, -number);
    }
}
