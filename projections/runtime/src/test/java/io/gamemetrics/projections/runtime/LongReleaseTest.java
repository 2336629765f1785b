package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream with much that waits is released in pieces: others' events have their turn between them. */
class LongReleaseTest {

    private static final int WAITING = 3_500;

    private final LiveStream stream = new LiveStream();
    private final UUID poisoned = stream.streamIn(1);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void others_go_on_while_a_long_stream_is_released_and_the_outcome_is_told_once() throws Exception {
        stream.publishInBulk();
        stream.append(poisoned, TestCodec.FAILS_IN_HANDLER);
        stream.append(poisoned, TestCodec.COUNTED, WAITING);
        ProjectionRunner broken = stream.run(new CountingProjection(stream.counts));
        stream.awaitCaughtUp();
        broken.close();
        SlowlyReleased slowly = new SlowlyReleased(stream.counts);
        ProjectionRunner mended = stream.run(slowly, TestCodec.mended(), RunnerSettings.defaults());
        LiveStream.await(() -> mended.status().quarantined() == 1);
        LiveStream.Sending sending = stream.sendSteadily();
        Quarantine quarantine = Objects.requireNonNull(mended.quarantine().get(1));
        Release wish = new Release(7, UUID.randomUUID(), 1, poisoned, null);
        quarantine.want(wish);
        LiveStream.await(() -> quarantine.done().containsKey(wish));
        sending.stop();
        stream.awaitCaughtUp();

        Released released = Objects.requireNonNull(quarantine.done().get(wish));
        assertThat(released.applied()).isGreaterThan(WAITING);
        assertThat(released.stopped()).isNull();
        List<String> commits = List.copyOf(slowly.commits);
        assertThat(commits.subList(commits.indexOf("release"), commits.lastIndexOf("release")))
                .contains("others");
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
        assertThat(stream.counts.disorder()).isZero();
        assertThat(stream.counts.parked()).isEmpty();
    }
}
