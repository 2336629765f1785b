package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a history, without its position: that is its place in the history. */
sealed interface Happening {

    int game();

    /** Hands it to a batch as an event stored at this position. */
    void into(LeaderboardsBatch batch, Position at, Instant storedAt);

    /** Whose stream it is in; absent for what every partition is told. */
    @Nullable
    UUID player();

    record Zone(int game, ZoneId zone) implements Happening {
        @Override
        public void into(LeaderboardsBatch batch, Position at, Instant storedAt) {
            batch.zone(game, zone, at);
        }

        @Override
        public @Nullable UUID player() {
            return null;
        }
    }

    record Board(int game, String id, BoardRule.Operator operator, BoardRule.SortOrder order, BoardRule.Reset reset)
            implements Happening {
        @Override
        public void into(LeaderboardsBatch batch, Position at, Instant storedAt) {
            batch.board(game, id, operator.name(), order.name(), reset.name(), at);
        }

        @Override
        public @Nullable UUID player() {
            return null;
        }
    }

    record Score(int game, UUID player, String board, long score, Instant occurredAt) implements Happening {
        @Override
        public void into(LeaderboardsBatch batch, Position at, Instant storedAt) {
            batch.score(game, player, board, score, occurredAt, at, storedAt);
        }
    }

    record Link(int game, UUID player, UUID person) implements Happening {
        @Override
        public void into(LeaderboardsBatch batch, Position at, Instant storedAt) {
            batch.linked(game, player, new Pseudonym(person), at, storedAt);
        }
    }

    record Ban(int game, UUID player, @Nullable String board, boolean banned) implements Happening {
        @Override
        public void into(LeaderboardsBatch batch, Position at, Instant storedAt) {
            batch.banned(game, player, board, banned, at, storedAt);
        }
    }
}
