package io.gamemetrics.infrastructure.replays;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The new version of a read model held against the old one.
 *
 * @param cells parts compared so far: a day of a game, a board's list
 * @param entries looked at one by one so far
 * @param differences parts that are not the same
 * @param problem one sentence, when it failed
 */
public record Comparison(
        long id,
        State state,
        Instant askedAt,
        @Nullable Instant endedAt,
        long cells,
        long entries,
        long differences,
        @Nullable String problem) {

    /** Where it is. */
    public enum State {
        WANTED,
        RUNNING,
        DONE,
        /** It could not be brought to an end; nothing is said of the versions. */
        FAILED
    }

    /** Whether it ended and found nothing. */
    public boolean foundThemIdentical() {
        return state == State.DONE && differences == 0;
    }
}
