package io.gamemetrics.queryside.game;

import graphql.schema.DataFetchingFieldSelectionSet;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.QueryLimits;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** The way in: a game for those who may read it, as new as they ask for. */
@Controller
public final class GameGraphql {

    /** A field the metrics answer. */
    private static final String FRESHNESS = "freshness";

    private static final int DEFAULT_WAIT_MILLIS = 2_000;

    private final KnownGames games;
    private final PositionWait positions;
    private final Duration maxWait;

    public GameGraphql(KnownGames games, PositionWait positions, QueryLimits limits) {
        this.games = games;
        this.positions = positions;
        this.maxWait = limits.maxWait();
    }

    @QueryMapping
    public @Nullable GrantedGame game(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @Argument String id,
            @Argument @Nullable Position minPosition,
            @Argument @Nullable Integer waitMillis,
            DataFetchingFieldSelectionSet selected) {
        long wait = waitMillis == null ? DEFAULT_WAIT_MILLIS : waitMillis;
        Ranges.checkBetween("waitMillis", wait, 0, maxWait.toMillis());
        Optional<GameId> known = GameAccess.granted(caller, id);
        if (known.isEmpty()) {
            return null;
        }
        GameId game = known.get();
        if (minPosition != null) {
            long deadlineNanos = System.nanoTime() + Duration.ofMillis(wait).toNanos();
            boolean waited = positions.await(selected::contains, minPosition, deadlineNanos);
            if (!waited || !games.knows(game)) {
                // Of a new game the metrics may know as yet less than what was selected.
                positions.await(FRESHNESS::equals, minPosition, deadlineNanos);
            }
        }
        return games.knows(game) ? new GrantedGame(game) : null;
    }
}
