package io.gamemetrics.commandside.game;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.game.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A game as callers see it.
 *
 * @param limits absent: none were set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GameDocument(
        String gameId,
        String name,
        String timeZone,
        String currency,
        ActiveBy activeBy,
        Stage stage,
        Instant createdAt,
        @Nullable Limits limits,
        List<Board> leaderboards) {

    /** What is absent is unlimited, or the platform's default. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Limits(
            @Nullable Integer eventsPerSecond,
            @Nullable Integer burst,
            @Nullable Integer playerEventsPerMinute) {}

    record Board(
            String leaderboardId,
            LeaderboardDefined.Operator operator,
            LeaderboardDefined.Order order,
            LeaderboardDefined.Reset reset) {}

    static GameDocument of(GameState game) {
        LimitsSet limits = game.limits();
        return new GameDocument(
                game.gameId().value(),
                game.name(),
                game.timeZone().getId(),
                game.currency().getCurrencyCode(),
                game.activeBy(),
                game.stage(),
                game.createdAt(),
                limits == null
                        ? null
                        : new Limits(limits.eventsPerSecond(), limits.burst(), limits.playerEventsPerMinute()),
                game.leaderboards().values().stream()
                        .map(board -> new Board(board.leaderboardId(), board.operator(), board.order(), board.reset()))
                        .toList());
    }
}
