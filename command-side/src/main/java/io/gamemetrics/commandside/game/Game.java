package io.gamemetrics.commandside.game;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.gamemetrics.commandside.game.GameCommand.ChangeGame;
import io.gamemetrics.commandside.game.GameCommand.CreateGame;
import io.gamemetrics.commandside.game.GameCommand.DefineLeaderboard;
import io.gamemetrics.commandside.game.GameCommand.IssueKey;
import io.gamemetrics.commandside.game.GameCommand.RevokeKey;
import io.gamemetrics.commandside.game.GameCommand.SetExchangeRates;
import io.gamemetrics.commandside.game.GameCommand.SetLimits;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One game's configuration. Says no by {@link BrokenRule}; what changes nothing is no event. */
final class Game {

    static final int MAX_KEYS = 200;
    static final int MAX_LEADERBOARDS = 1_000;

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable GameState state;

    Game() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void decide(CreateGame command) {
        require(state == null, GameRule.GAME_IDS_ARE_UNIQUE);
        id = command.stream().toString();
        apply(new GameCreated(
                command.gameId(),
                command.name(),
                command.timeZone(),
                command.currency(),
                command.activeBy(),
                command.stage(),
                command.at()));
    }

    @CommandHandler
    void decide(ChangeGame command) {
        GameState now = existing();
        String name = Optional.ofNullable(command.name()).orElse(now.name());
        ZoneId timeZone = Optional.ofNullable(command.timeZone()).orElse(now.timeZone());
        Currency currency = Optional.ofNullable(command.currency()).orElse(now.currency());
        var activeBy = Optional.ofNullable(command.activeBy()).orElse(now.activeBy());
        boolean changes = !name.equals(now.name())
                || !timeZone.equals(now.timeZone())
                || !currency.equals(now.currency())
                || activeBy != now.activeBy();
        if (changes) {
            apply(new GameChanged(command.gameId(), name, timeZone, currency, activeBy, command.at()));
        }
    }

    @CommandHandler
    void decide(IssueKey command) {
        GameState now = existing();
        Instant expiresAt = command.expiresAt();
        require(expiresAt == null || expiresAt.isAfter(command.at()), GameRule.KEY_EXPIRES_IN_THE_FUTURE);
        require(now.keys().size() < MAX_KEYS, GameRule.KEYS_ARE_NOT_TOO_MANY);
        apply(new KeyIssued(
                command.gameId(),
                command.keyId(),
                command.kind(),
                command.label(),
                command.secretHash(),
                expiresAt,
                command.at()));
    }

    @CommandHandler
    void decide(RevokeKey command) {
        require(existing().keys().containsKey(command.keyId()), GameRule.KEY_EXISTS);
        apply(new KeyRevoked(command.gameId(), command.keyId(), command.at()));
    }

    @CommandHandler
    void decide(SetExchangeRates command) {
        GameState now = existing();
        require(!command.rates().containsKey(now.currency()), GameRule.RATES_ARE_OF_OTHER_CURRENCIES);
        require(command.rates().values().stream().allMatch(rate -> rate.signum() > 0), GameRule.RATES_ARE_POSITIVE);
        if (!command.rates().isEmpty()) {
            apply(new ExchangeRatesSet(command.gameId(), command.day(), command.rates(), command.at()));
        }
    }

    @CommandHandler
    void decide(SetLimits command) {
        existing();
        require(
                isPositive(command.eventsPerSecond())
                        && isPositive(command.burst())
                        && isPositive(command.playerEventsPerMinute()),
                GameRule.LIMITS_ARE_POSITIVE);
        apply(new LimitsSet(
                command.gameId(),
                command.eventsPerSecond(),
                command.burst(),
                command.playerEventsPerMinute(),
                command.at()));
    }

    @CommandHandler
    void decide(DefineLeaderboard command) {
        Map<String, LeaderboardDefined> boards = existing().leaderboards();
        LeaderboardDefined before = boards.get(command.leaderboardId());
        require(before != null || boards.size() < MAX_LEADERBOARDS, GameRule.LEADERBOARDS_ARE_NOT_TOO_MANY);
        boolean same = before != null
                && before.operator() == command.operator()
                && before.order() == command.order()
                && before.reset() == command.reset();
        if (!same) {
            apply(new LeaderboardDefined(
                    command.gameId(),
                    command.leaderboardId(),
                    command.operator(),
                    command.order(),
                    command.reset(),
                    command.at()));
        }
    }

    @EventSourcingHandler
    void evolve(GameEvent event, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        state = GameState.evolve(state, event);
    }

    private GameState existing() {
        require(state != null, GameRule.GAME_EXISTS);
        return Objects.requireNonNull(state);
    }

    private static boolean isPositive(@Nullable Integer limit) {
        return limit == null || limit > 0;
    }

    private static void require(boolean holds, GameRule rule) {
        if (!holds) {
            throw new BrokenRule(rule);
        }
    }

    @Override
    public String toString() {
        return "Game[" + id + "]";
    }
}
