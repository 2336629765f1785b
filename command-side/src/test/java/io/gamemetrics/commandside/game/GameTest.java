package io.gamemetrics.commandside.game;

import io.gamemetrics.commandside.game.GameCommand.ChangeGame;
import io.gamemetrics.commandside.game.GameCommand.CreateGame;
import io.gamemetrics.commandside.game.GameCommand.DefineLeaderboard;
import io.gamemetrics.commandside.game.GameCommand.IssueKey;
import io.gamemetrics.commandside.game.GameCommand.RevokeKey;
import io.gamemetrics.commandside.game.GameCommand.SetExchangeRates;
import io.gamemetrics.commandside.game.GameCommand.SetLimits;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

/** Given what happened to a game, when an administrator asks for something, then this happens. */
class GameTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final GameCreated CREATED =
            new GameCreated(GAME, "Intendo", UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOW);
    private static final KeyIssued KEY = new KeyIssued(GAME, "1xa", KeyKind.INGEST, "ci", "hash", null, NOW);

    @Test
    void aGameIsCreatedOnce() {
        CreateGame create = new CreateGame(GAME, "Intendo", UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOW);
        new AggregateTestFixture<>(Game.class)
                .givenNoPriorActivity()
                .when(create)
                .expectEvents(CREATED);
        given(CREATED, create).expectNoEvents().expectException(BrokenRule.class);
    }

    @Test
    void aChangeRepeatsWhatStays() {
        given(CREATED, new ChangeGame(GAME, "New", null, null, null, NOW))
                .expectEvents(new GameChanged(GAME, "New", UTC, USD, ActiveBy.ANY_EVENT, NOW));
        given(CREATED, new ChangeGame(GAME, "Intendo", null, null, null, NOW)).expectNoEvents();
    }

    @Test
    void aKeyExpiresInTheFuture() {
        given(CREATED, new IssueKey(GAME, "1xa", KeyKind.INGEST, "ci", "hash", null, NOW))
                .expectEvents(KEY);
        given(CREATED, new IssueKey(GAME, "1xa", KeyKind.INGEST, "ci", "hash", NOW, NOW))
                .expectException(BrokenRule.class);
    }

    @Test
    void aKeyIsRevokedOnce() {
        AggregateTestFixture<Game> fixture = new AggregateTestFixture<>(Game.class);
        fixture.given(CREATED, KEY)
                .when(new RevokeKey(GAME, "1xa", NOW))
                .expectEvents(new KeyRevoked(GAME, "1xa", NOW));
        given(CREATED, new RevokeKey(GAME, "1xa", NOW)).expectException(BrokenRule.class);
    }

    @Test
    void ratesAreOfOtherCurrenciesAndPositive() {
        Map<Currency, BigDecimal> rates = Map.of(EUR, new BigDecimal("1.0832"));
        given(CREATED, new SetExchangeRates(GAME, DAY, rates, NOW))
                .expectEvents(new ExchangeRatesSet(GAME, DAY, rates, NOW));
        given(CREATED, new SetExchangeRates(GAME, DAY, Map.of(USD, BigDecimal.ONE), NOW))
                .expectException(BrokenRule.class);
        given(CREATED, new SetExchangeRates(GAME, DAY, Map.of(EUR, BigDecimal.ZERO), NOW))
                .expectException(BrokenRule.class);
    }

    @Test
    void limitsArePositive() {
        given(CREATED, new SetLimits(GAME, 10, null, null, NOW)).expectEvents(new LimitsSet(GAME, 10, null, null, NOW));
        given(CREATED, new SetLimits(GAME, 0, null, null, NOW)).expectException(BrokenRule.class);
    }

    @Test
    void aLeaderboardThatDoesNotChangeIsNoEvent() {
        LeaderboardDefined board = new LeaderboardDefined(
                GAME,
                "top",
                LeaderboardDefined.Operator.BEST,
                LeaderboardDefined.Order.DESC,
                LeaderboardDefined.Reset.NEVER,
                NOW);
        DefineLeaderboard define =
                new DefineLeaderboard(GAME, "top", board.operator(), board.order(), board.reset(), NOW);
        given(CREATED, define).expectEvents(board);
        new AggregateTestFixture<>(Game.class)
                .given(CREATED, board)
                .when(define)
                .expectNoEvents();
    }

    private static ResultValidator<Game> given(GameCreated created, GameCommand command) {
        return new AggregateTestFixture<>(Game.class).given(created).when(command);
    }
}
