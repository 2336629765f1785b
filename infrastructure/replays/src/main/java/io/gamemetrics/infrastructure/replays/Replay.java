package io.gamemetrics.infrastructure.replays;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rebuilding of a read model beside the live one.
 *
 * @param version the version that is built
 * @param replaces the version readers asked when it began
 * @param problem one sentence, when it was aborted
 */
public record Replay(
        UUID id,
        String projection,
        int version,
        int replaces,
        Phase phase,
        boolean paused,
        ReplayWish wish,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String problem) {

    /** Where it is. */
    public enum Phase {
        /** What is not rebuilt is taken from the live version, before anything is read. */
        TAKING_OVER,
        /** From the event store, at full speed. */
        READING,
        /** Up to date, and kept so. */
        FOLLOWING,
        /** Readers ask the new version; the old one is kept up to date. */
        SWITCHED,
        /** Readers ask the old version again; the new one is kept up to date. */
        ROLLED_BACK,
        /** The old version is given up. */
        DONE,
        /** The new version is given up, by an operator. */
        CANCELLED,
        /** The new version is given up, because a limit was reached. */
        ABORTED;

        /** Whether nothing comes after it. */
        public boolean isEnd() {
            return this == DONE || this == CANCELLED || this == ABORTED;
        }
    }

    Replay in(Phase next) {
        return with(next, paused, wish, null);
    }

    Replay aborted(String why) {
        return with(Phase.ABORTED, paused, wish, why);
    }

    Replay withPaused(boolean rests) {
        return with(phase, rests, wish, null);
    }

    Replay throttled(@Nullable Integer eventsPerSecond) {
        return with(phase, paused, wish.throttled(eventsPerSecond), null);
    }

    private Replay with(Phase next, boolean rests, ReplayWish wanted, @Nullable String why) {
        return new Replay(id, projection, version, replaces, next, rests, wanted, begunAt, endedAt, why);
    }
}
