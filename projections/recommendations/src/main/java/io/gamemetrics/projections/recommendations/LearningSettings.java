package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.LearningState.Cost;
import java.time.Duration;
import java.util.Optional;

/**
 * When a game's model is trained anew. A training takes one thread, and rests several times as long as it worked.
 *
 * @param share so much new, beside what was learned from last, is enough
 * @param leastRest between two trainings of a game
 * @param restFactor rests so many times as long as the last training took
 * @param ageFactor whatever is new waits no longer than so many times the last training
 * @param mostAge nor longer than this
 */
public record LearningSettings(double share, Duration leastRest, int restFactor, int ageFactor, Duration mostAge) {

    /** A twentieth; 5 s; five times; twenty times; ten minutes. */
    public static LearningSettings defaults() {
        return new LearningSettings(0.05, Duration.ofSeconds(5), 5, 20, Duration.ofMinutes(10));
    }

    /**
     * Whether it is time.
     *
     * @param last what the last training took; absent before the first
     * @param rested since the last training of this process ended
     */
    boolean isDue(Changes changes, Optional<Cost> last, Duration rested) {
        long lastMillis = last.map(Cost::millis).orElse(0L);
        if (rested.toMillis() < Math.max(leastRest.toMillis(), restFactor * lastMillis)) {
            return false;
        }
        long patience = Math.clamp(ageFactor * lastMillis, leastRest.toMillis(), mostAge.toMillis());
        return changes.erased()
                || changes.events() >= share * last.map(Cost::interactions).orElse(0L)
                || changes.oldestMillis() >= patience;
    }
}
