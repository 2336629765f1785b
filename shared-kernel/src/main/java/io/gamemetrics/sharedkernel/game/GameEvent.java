package io.gamemetrics.sharedkernel.game;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a game's configuration. None of it is personal. */
public sealed interface GameEvent {

    GameId gameId();

    record GameCreated(
            GameId gameId, String name, ZoneId timeZone, Currency currency, ActiveBy activeBy, Stage stage, Instant at)
            implements GameEvent {}

    /** The settings after a change; unchanged ones repeat their value. */
    record GameChanged(GameId gameId, String name, ZoneId timeZone, Currency currency, ActiveBy activeBy, Instant at)
            implements GameEvent {}

    /**
     * A key was made. The secret itself is shown once and never stored.
     *
     * @param secretHash SHA-256 of the secret, hexadecimal
     * @param expiresAt absent: lives until revoked
     */
    record KeyIssued(
            GameId gameId,
            String keyId,
            KeyKind kind,
            @Nullable String label,
            String secretHash,
            @Nullable Instant expiresAt,
            Instant at)
            implements GameEvent {}

    record KeyRevoked(GameId gameId, String keyId, Instant at) implements GameEvent {}

    /**
     * What one unit of each currency is worth in the game's currency from this day on, until a later day says otherwise.
     * Replaces what was said of the same day and currency.
     */
    record ExchangeRatesSet(GameId gameId, LocalDate day, Map<Currency, BigDecimal> rates, Instant at)
            implements GameEvent {

        public ExchangeRatesSet {
            rates = Map.copyOf(rates);
        }
    }

    /**
     * How much the game may send.
     *
     * @param eventsPerSecond absent: unlimited
     * @param burst events that may come at once; absent: one second's worth
     * @param playerEventsPerMinute events of one player in one minute of when they occurred; absent: 10,000
     */
    record LimitsSet(
            GameId gameId,
            @Nullable Integer eventsPerSecond,
            @Nullable Integer burst,
            @Nullable Integer playerEventsPerMinute,
            Instant at)
            implements GameEvent {}

    /** A leaderboard's rule was set, for the first time or anew. */
    record LeaderboardDefined(
            GameId gameId, String leaderboardId, Operator operator, Order order, Reset reset, Instant at)
            implements GameEvent {

        /** Which of a player's scores counts. */
        public enum Operator {
            BEST,
            LATEST,
            SUM,
            COUNT
        }

        /** Whether the highest or the lowest score is first. */
        public enum Order {
            DESC,
            ASC
        }

        /** When the board begins anew, in the game's time zone. */
        public enum Reset {
            NEVER,
            DAILY,
            WEEKLY,
            MONTHLY
        }
    }
}
