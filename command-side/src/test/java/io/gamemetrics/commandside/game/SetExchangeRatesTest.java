package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.EUR;
import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.USD;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.SetExchangeRates;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetExchangeRatesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @Test
    void ratesHoldForTheirDay() {
        Map<Currency, BigDecimal> rates = Map.of(EUR, new BigDecimal("1.0832"));
        givenCreatedAnd().when(set(rates)).expectEvents(new ExchangeRatesSet(GAME, DAY, rates, NOW));
    }

    @Test
    void theGamesOwnCurrencyHasNoRate() {
        givenCreatedAnd().refuses(set(Map.of(USD, BigDecimal.ONE)), GameRule.RATES_ARE_OF_OTHER_CURRENCIES);
    }

    @Test
    void ratesArePositive() {
        givenCreatedAnd().refuses(set(Map.of(EUR, BigDecimal.ZERO)), GameRule.RATES_ARE_POSITIVE);
        givenCreatedAnd().refuses(set(Map.of(EUR, BigDecimal.ONE.negate())), GameRule.RATES_ARE_POSITIVE);
    }

    @Test
    void noRatesAreNoEvent() {
        givenCreatedAnd().when(set(Map.of())).expectSuccessfulHandlerExecution().expectNoEvents();
    }

    private static SetExchangeRates set(Map<Currency, BigDecimal> rates) {
        return new SetExchangeRates(GAME, DAY, rates, NOW);
    }
}
