package io.gamemetrics.sharedkernel.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.money.Revenue.InCurrency;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class RevenueSumTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-20");
    private static final Currency EUR = Currency.getInstance("EUR");

    private final ExchangeRates rates = new ExchangeRates("USD");
    private final RevenueSum sum = new RevenueSum();

    private void add(RevenueKind kind, String currency, LocalDate day, long micros) {
        sum.add(kind, currency, day, BigInteger.valueOf(micros), rates);
    }

    @Test
    void each_figure_is_rounded_once_and_the_total_is_of_the_rounded() {
        rates.set("EUR", DAY, new BigDecimal("0.5"));
        add(RevenueKind.IN_APP, "EUR", DAY, 1);
        add(RevenueKind.IN_APP, "EUR", DAY.plusDays(1), 2);
        add(RevenueKind.ADS, "EUR", DAY, 1);
        add(RevenueKind.REFUNDS, "USD", DAY.minusDays(9), 4);

        Revenue revenue = sum.total();

        assertThat(revenue.iapMicros()).isEqualTo(2);
        assertThat(revenue.adMicros()).isEqualTo(1);
        assertThat(revenue.refundMicros()).isEqualTo(4);
        assertThat(revenue.totalMicros()).isEqualTo(-1);
        assertThat(revenue.unconverted()).isEmpty();
    }

    @Test
    void what_has_no_rate_on_its_day_is_listed_and_left_out() {
        rates.set("EUR", DAY, BigDecimal.TEN);
        add(RevenueKind.ADS, "EUR", DAY.minusDays(1), 3);
        add(RevenueKind.ADS, "EUR", DAY, 4);
        add(RevenueKind.ADS, "JPY", DAY, 0);

        Revenue revenue = sum.total();

        assertThat(revenue.adMicros()).isEqualTo(40);
        assertThat(revenue.byCurrency()).containsExactly(ads(7));
        assertThat(revenue.unconverted()).containsExactly(ads(3));
    }

    private static InCurrency ads(long micros) {
        return new InCurrency(EUR, BigInteger.ZERO, BigInteger.valueOf(micros), BigInteger.ZERO);
    }

    @Test
    void a_kind_is_found_by_its_code() {
        for (RevenueKind kind : RevenueKind.values()) {
            assertThat(RevenueKind.ofCode(kind.code())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> RevenueKind.ofCode(0)).hasMessageContaining("0");
    }
}
