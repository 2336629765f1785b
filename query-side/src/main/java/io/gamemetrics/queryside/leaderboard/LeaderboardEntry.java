package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.projections.leaderboardsstore.Entry;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry, as the type of the same name shows it; who it is, is looked up for all entries of an answer at once. */
record LeaderboardEntry(GameId game, Entry entry) {

    public long rank() {
        return entry.rank();
    }

    public long score() {
        return entry.score();
    }

    public boolean saturated() {
        return entry.saturated();
    }

    public Instant achievedAt() {
        return entry.achievedAt();
    }

    public @Nullable BigDecimal percentile() {
        return entry.percentile().orElse(null);
    }

    Pseudonym player() {
        return entry.player();
    }
}
