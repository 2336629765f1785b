package io.gamemetrics.sharedkernel.money;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A game's exchange rates by day. Safe for concurrent use once nobody sets any more. */
public final class ExchangeRates {

    private final String currency;
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();

    /** @param currency the game's, ISO 4217 */
    public ExchangeRates(String currency) {
        this.currency = currency;
    }

    /** From this day on, until the next one set, one unit is worth so much in the game's currency. */
    public void set(String of, LocalDate day, BigDecimal rate) {
        rates.computeIfAbsent(of, key -> new TreeMap<>()).put(day, rate);
    }

    /** What one unit is worth in the game's currency on a day: the day's rate or the last earlier one; absent: unknown. */
    public @Nullable BigDecimal of(String of, LocalDate day) {
        if (of.equals(currency)) {
            return BigDecimal.ONE;
        }
        NavigableMap<LocalDate, BigDecimal> byDay = rates.get(of);
        Map.Entry<LocalDate, BigDecimal> last = byDay == null ? null : byDay.floorEntry(day);
        return last == null ? null : last.getValue();
    }
}
