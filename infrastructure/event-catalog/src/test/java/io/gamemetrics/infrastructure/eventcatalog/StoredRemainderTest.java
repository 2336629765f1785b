package io.gamemetrics.infrastructure.eventcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.erasure.Remainder.Amount;
import io.gamemetrics.sharedkernel.erasure.Remainder.Day;
import io.gamemetrics.sharedkernel.erasure.Remainder.Segment;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How large what stays of a person gets. */
class StoredRemainderTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    @Test
    void noPartIsTooLargeForAnEventHoweverLongNamesAre() {
        for (String letter : List.of("x", "\u00e4", "\u6f22", "\"", "\u0001")) {
            Remainder remainder = new Remainder(FIRST, FIRST, days(1_500, letter));
            List<Remainder> parts = remainder.parts();

            assertThat(parts.stream().flatMap(part -> part.days().stream()))
                    .containsExactlyElementsOf(remainder.days());
            assertThat(parts)
                    .allSatisfy(part -> assertThat(StoredRemainder.write(part)).hasSizeLessThan(256 * 1024))
                    .allSatisfy(part -> assertThat(part.firstDay()).isEqualTo(FIRST));
        }
    }

    @Test
    void whatIsShortStaysTogether() {
        assertThat(new Remainder(FIRST, FIRST, days(20, "x")).parts()).hasSize(1);
        assertThat(Remainder.NONE.parts()).containsExactly(Remainder.NONE);
    }

    private static List<Day> days(int count, String letter) {
        List<String> experiments = IntStream.range(0, 20)
                .mapToObj(i -> letter.repeat(64) + i + ":" + letter.repeat(64))
                .toList();
        Segment segment = new Segment("android", "DE", "1.2.3", experiments);
        BigInteger large = BigInteger.TEN.pow(30);
        List<Amount> money = List.of(new Amount(RevenueKind.IN_APP, "EUR", large));
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            days.add(new Day(
                    FIRST.plusDays(i),
                    segment,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    large,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE,
                    money));
        }
        return days;
    }
}
