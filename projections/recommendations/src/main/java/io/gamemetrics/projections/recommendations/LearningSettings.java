package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.LearningState.Cost;
import java.time.Duration;
import java.util.Optional;

/**
 * When a game's model is trained anew. What a version takes is all of it: reading, training, judging and saving, and the
 * vectors of all players after it is switched in. It takes one thread at a time, and rests many times as long as it worked.
 * What is new must not wait for ever: the rest is no longer than {@code mostAge} as long as {@code erasedRestFactor} asks for
 * no more. So many games whose versions take long share more of a processor, up to the whole of one.
 *
 * @param share so much new, beside what was learned from last, is enough
 * @param leastRest between two trainings of a game
 * @param restFactor rests so many times as long as the last version took, once for each game with something new; {@code
 *     mostAge} at most
 * @param erasedRestFactor the same when somebody was erased, whatever other games have; and the least at any time
 * @param ageFactor whatever is new waits no longer than so many times the last version took
 * @param mostAge nor longer than this
 */
public record LearningSettings(
        double share, Duration leastRest, int restFactor, int erasedRestFactor, int ageFactor, Duration mostAge) {

    /**
     * A twentieth; 5 s; twenty times; five times; twenty times; ten minutes. That is a twentieth of one processor while the
     * versions of all games with something new take 30 s together; beyond, about their sum in ten minutes. One game takes a
     * sixth at most.
     */
    public static LearningSettings defaults() {
        return new LearningSettings(0.05, Duration.ofSeconds(5), 20, 5, 20, Duration.ofMinutes(10));
    }

    /**
     * What is known of a game's last version.
     *
     * @param took of this process; nothing before its first
     * @param rested since this process's last training of the game ended
     */
    record Last(Duration took, Duration rested) {

        static final Last NONE = new Last(Duration.ZERO, Duration.ofDays(1));
    }

    /**
     * Whether it is time.
     *
     * @param trained what is written of the last training; absent before the first
     * @param games how many games have something new
     */
    boolean isDue(Changes changes, Optional<Cost> trained, Last last, int games) {
        long tookMillis =
                Math.max(last.took.toMillis(), trained.map(Cost::millis).orElse(0L));
        if (last.rested.toMillis() < restMillis(tookMillis, changes.erased(), games)) {
            return false;
        }
        long patience = Math.clamp(ageFactor * tookMillis, leastRest.toMillis(), mostAge.toMillis());
        return changes.erased()
                || changes.events() >= share * trained.map(Cost::interactions).orElse(0L)
                || changes.oldestMillis() >= patience;
    }

    private long restMillis(long tookMillis, boolean erased, int games) {
        long least = Math.max(leastRest.toMillis(), erasedRestFactor * tookMillis);
        long shared = Math.min(mostAge.toMillis(), tookMillis * restFactor * games);
        return erased ? least : Math.max(least, shared);
    }
}
