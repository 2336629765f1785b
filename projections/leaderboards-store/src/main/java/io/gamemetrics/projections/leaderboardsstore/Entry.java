package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * A person in a list.
 *
 * @param rank from 1; no two have the same
 * @param player the person: the one who linked, for players that are linked
 * @param score within ±(2^53−1)
 * @param saturated whether the score is a sum that is past that bound
 * @param achievedAt when the score was reached; of sums and counts, when the latest counted score occurred
 * @param total how many are listed
 */
public record Entry(
        long rank, Pseudonym player, long score, boolean saturated, Instant achievedAt, Cursor cursor, long total) {

    private static final int RATIO_DECIMALS = 6;

    /**
     * The share of the others who stand behind, from 0 for the last to 1 for the first, six decimals rounded half up: SQL's
     * percent_rank counted from the end. Absent for who is alone.
     */
    public Optional<BigDecimal> percentile() {
        return total < 2
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(total - rank)
                        .divide(BigDecimal.valueOf(total - 1), RATIO_DECIMALS, RoundingMode.HALF_UP));
    }
}
