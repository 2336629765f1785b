package io.gamemetrics.commandside.game;

import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A game as its events make it. Immutable.
 *
 * @param keys those that were not revoked, by id, oldest first; expired ones included
 * @param limits absent until set
 */
record GameState(
        GameId gameId,
        String name,
        ZoneId timeZone,
        Currency currency,
        ActiveBy activeBy,
        Stage stage,
        Instant createdAt,
        Map<String, KeyIssued> keys,
        Map<String, LeaderboardDefined> leaderboards,
        @Nullable LimitsSet limits) {

    /** Folds the next event in; the first of a game is its creation. */
    static GameState evolve(@Nullable GameState state, GameEvent event) {
        if (event instanceof GameCreated e) {
            return new GameState(
                    e.gameId(),
                    e.name(),
                    e.timeZone(),
                    e.currency(),
                    e.activeBy(),
                    e.stage(),
                    e.at(),
                    Map.of(),
                    Map.of(),
                    null);
        }
        if (state == null) {
            throw new IllegalStateException("a game's first event must be its creation: "
                    + event.getClass().getSimpleName());
        }
        return switch (event) {
            case GameCreated e -> state;
            case GameChanged e ->
                new GameState(
                        state.gameId,
                        e.name(),
                        e.timeZone(),
                        e.currency(),
                        e.activeBy(),
                        state.stage,
                        state.createdAt,
                        state.keys,
                        state.leaderboards,
                        state.limits);
            case KeyIssued e -> state.withKeys(with(state.keys, e.keyId(), e));
            case KeyRevoked e -> state.withKeys(without(state.keys, e.keyId()));
            case ExchangeRatesSet e -> state;
            case LimitsSet e ->
                new GameState(
                        state.gameId,
                        state.name,
                        state.timeZone,
                        state.currency,
                        state.activeBy,
                        state.stage,
                        state.createdAt,
                        state.keys,
                        state.leaderboards,
                        e);
            case LeaderboardDefined e ->
                new GameState(
                        state.gameId,
                        state.name,
                        state.timeZone,
                        state.currency,
                        state.activeBy,
                        state.stage,
                        state.createdAt,
                        state.keys,
                        with(state.leaderboards, e.leaderboardId(), e),
                        state.limits);
        };
    }

    private GameState withKeys(Map<String, KeyIssued> changed) {
        return new GameState(
                gameId, name, timeZone, currency, activeBy, stage, createdAt, changed, leaderboards, limits);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.remove(key);
        return copy;
    }
}
