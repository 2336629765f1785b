package io.gamemetrics.commandside.game;

import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything an administrator can ask of a game. {@code at} is when they asked. */
sealed interface GameCommand {

    GameId gameId();

    Instant at();

    /** The stream of the game: the same everywhere, made from its id. */
    @TargetAggregateIdentifier
    default UUID stream() {
        return GameStreams.ofGame(gameId());
    }

    record CreateGame(
            GameId gameId, String name, ZoneId timeZone, Currency currency, ActiveBy activeBy, Stage stage, Instant at)
            implements GameCommand {}

    /** What is absent stays as it is. */
    record ChangeGame(
            GameId gameId,
            @Nullable String name,
            @Nullable ZoneId timeZone,
            @Nullable Currency currency,
            @Nullable ActiveBy activeBy,
            Instant at)
            implements GameCommand {}

    /** @param secretHash SHA-256 of the secret, which is not part of any command or event */
    record IssueKey(
            GameId gameId,
            String keyId,
            KeyKind kind,
            @Nullable String label,
            String secretHash,
            @Nullable Instant expiresAt,
            Instant at)
            implements GameCommand {

        @Override
        public String toString() {
            return "IssueKey[gameId=" + gameId + ", keyId=" + keyId + ", kind=" + kind + "]";
        }
    }

    record RevokeKey(GameId gameId, String keyId, Instant at) implements GameCommand {}

    record SetExchangeRates(GameId gameId, LocalDate day, Map<Currency, BigDecimal> rates, Instant at)
            implements GameCommand {}

    record SetLimits(
            GameId gameId,
            @Nullable Integer eventsPerSecond,
            @Nullable Integer burst,
            @Nullable Integer playerEventsPerMinute,
            Instant at)
            implements GameCommand {}

    record DefineLeaderboard(
            GameId gameId,
            String leaderboardId,
            LeaderboardDefined.Operator operator,
            LeaderboardDefined.Order order,
            LeaderboardDefined.Reset reset,
            Instant at)
            implements GameCommand {}
}
