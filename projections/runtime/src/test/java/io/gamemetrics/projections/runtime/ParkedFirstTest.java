package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Some stores keep what was written of a batch when the rest of it is lost: what a stream waits for has to be there before. */
@Execution(ExecutionMode.CONCURRENT)
class ParkedFirstTest {

    private final LiveStream stream = new LiveStream();

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void what_a_stream_begins_to_wait_for_is_parked_before_anything_behind_it_is_written() {
        UUID unreadable = stream.streamIn(1);
        UUID failing = stream.streamIn(2);
        stream.append(30);
        stream.append(unreadable, TestCodec.UNREADABLE);
        stream.append(failing, TestCodec.FAILS_IN_HANDLER);
        stream.append(30);
        stream.publish();
        Writes writes = new Writes(stream.counts);
        stream.run(writes);
        stream.awaitCaughtUp();

        assertThat(writes.commits)
                .as("in batches, all else")
                .anyMatch(commit -> commit.events > 5)
                .filteredOn(commit ->
                        commit.parked.stream().anyMatch(event -> !event.cause().equals(ParkedEvent.WAITS)))
                .hasSize(2)
                .allMatch(commit -> commit.events == 1);
        assertThat(stream.counts.parked()).containsOnlyKeys("handler.failed", "payload.broken", ParkedEvent.WAITS);
    }

    /** How many events a commit is of, and which it parks. */
    private record Commit(long events, List<ParkedEvent> parked) {}

    /** Remembers what is written. */
    private static final class Writes extends HookedCounting {

        private final Queue<Commit> commits = new ConcurrentLinkedQueue<>();

        Writes(CountingStore store) {
            super(store);
        }

        @Override
        void around(Written written, Runnable commit) {
            Checkpoint expected = written.expected();
            long before = expected == null ? 0 : expected.handledCount();
            commit.run();
            commits.add(new Commit(written.next().handledCount() - before, List.copyOf(written.parked())));
        }
    }
}
