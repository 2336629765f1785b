package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one session: its start, its end, or both; each absent until it arrives. */
record SessionFacts(@Nullable Start start, @Nullable End end) {

    static final SessionFacts NONE = new SessionFacts(null, null);

    /** @param sequence the start's place in the player's stream */
    record Start(long sequence, Instant occurredAt) {}

    /** @param durationMillis as the sender measured it; absent: end minus start */
    record End(Instant occurredAt, @Nullable Long durationMillis) {

        long lengthSince(Instant startedAt) {
            return durationMillis != null
                    ? durationMillis
                    : Duration.between(startedAt, occurredAt).toMillis();
        }
    }

    SessionFacts with(SessionStarted event, long sequence) {
        return new SessionFacts(new Start(sequence, event.header().occurredAt()), end);
    }

    SessionFacts with(SessionEnded event) {
        SessionEnded.KnownStart known = event.started();
        Start joined = start == null && known != null ? new Start(known.sequence(), known.occurredAt()) : start;
        return new SessionFacts(joined, new End(event.header().occurredAt(), event.durationMillis()));
    }

    /** Whether the session was over before this instant. */
    boolean endedBefore(Instant instant) {
        return end != null && end.occurredAt().isBefore(instant);
    }
}
