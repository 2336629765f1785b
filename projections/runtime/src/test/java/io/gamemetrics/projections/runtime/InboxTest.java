package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Inbox inbox = new Inbox(10, nanos::get);

    @Test
    void nothing_is_taken_before_somebody_said_from_where() throws Exception {
        inbox.leave(stretch(0, 3), true);
        inbox.share(stretch(0, 3));

        assertThat(inbox.take(10, 0)).isEmpty();
        assertThat(inbox.ownNext()).isEmpty();
        assertThat(inbox.sharedNext()).isEmpty();
    }

    @Test
    void what_is_here_already_is_passed_over_whoever_brings_it() throws Exception {
        inbox.want(2);
        inbox.leave(stretch(2, 5), true);
        inbox.share(stretch(1, 7));
        inbox.leave(stretch(5, 8), false);

        assertThat(offsets()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void what_would_leave_a_gap_is_not_taken_and_its_own_consumer_goes_on() throws Exception {
        inbox.want(2);
        inbox.leave(stretch(2, 5), true);
        inbox.share(stretch(6, 8));
        assertThat(inbox.isShared()).isFalse();
        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(5));
        inbox.want(1);
        inbox.leave(stretch(5, 8), true);

        assertThat(offsets()).isEmpty();
        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void its_own_consumer_rests_while_others_bring_all_and_goes_on_behind_that() {
        inbox.want(0);
        inbox.leave(stretch(0, 2), true);
        inbox.share(stretch(1, 4));
        assertThat(inbox.ownNext()).isEmpty();
        inbox.unshare();

        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(4));
    }

    @Test
    void its_own_consumer_goes_on_while_who_reads_for_several_is_behind() throws Exception {
        inbox.want(0);
        inbox.leave(stretch(0, 6), true);
        inbox.share(stretch(1, 4));
        assertThat(inbox.isShared()).isFalse();
        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(6));
        inbox.share(stretch(4, 6));
        assertThat(inbox.isShared()).as("it is level").isTrue();

        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_full_one_is_not_at_the_end_for_anybody() {
        inbox.want(0);
        inbox.leave(stretch(0, 10), true);

        assertThat(inbox.sharedNext()).isEmpty();
    }

    @Test
    void its_own_consumer_looks_for_itself_when_nothing_was_brought_for_long_and_rests_again_when_something_is() {
        inbox.want(0);
        inbox.leave(stretch(0, 2), true);
        inbox.share(stretch(1, 4));
        nanos.addAndGet(Inbox.SILENT.toNanos());
        assertThat(inbox.ownNext()).isEmpty();
        nanos.incrementAndGet();

        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(4));
        assertThat(inbox.sharedNext()).as("it is at the end still").isEqualTo(OptionalLong.of(4));
        inbox.leave(stretch(4, 6), false);
        inbox.share(stretch(4, 7));
        assertThat(inbox.isShared()).isTrue();
        assertThat(inbox.ownNext()).isEmpty();
        nanos.addAndGet(Inbox.SILENT.toNanos());
        assertThat(inbox.ownNext()).as("counted from what was brought last").isEmpty();
    }

    @Test
    void when_full_it_takes_no_more_from_anybody() throws Exception {
        inbox.want(0);
        inbox.leave(stretch(0, 2), true);
        inbox.share(stretch(2, 12));
        assertThat(inbox.isShared()).isTrue();
        inbox.share(stretch(12, 14));

        assertThat(inbox.isShared()).isFalse();
        assertThat(inbox.ownNext()).isEmpty();
        assertThat(offsets()).hasSize(12);
        assertThat(inbox.ownNext()).isEqualTo(OptionalLong.of(12));
        assertThat(inbox.sharedNext()).as("not before it is at the end again").isEmpty();
    }

    private List<Long> offsets() throws InterruptedException {
        return inbox.take(100, 0).stream().map(StreamRecord::offset).toList();
    }

    /** Every offset with a record. */
    static Stretch stretch(long from, long to) {
        return new Stretch(
                from,
                to,
                LongStream.range(from, to)
                        .<StreamRecord>mapToObj(StreamRecord.Foreign::new)
                        .toList());
    }
}
