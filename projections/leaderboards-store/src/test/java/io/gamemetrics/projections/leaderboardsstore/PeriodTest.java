package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.leaderboardsstore.Period.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @Test
    void every_day_is_in_four_periods_whose_names_are_read_back() {
        for (LocalDate day = LocalDate.of(2019, 12, 1); day.getYear() < 2027; day = day.plusDays(1)) {
            for (Period period : Period.around(day)) {
                assertThat(Period.parse(period.toString())).isEqualTo(period);
                assertThat(Period.of(period.kind(), day)).isEqualTo(period);
            }
        }
    }

    @Test
    void weeks_begin_on_monday_and_belong_to_the_year_of_their_thursday() {
        assertThat(Period.of(Kind.WEEKLY, LocalDate.of(2027, 1, 3))).hasToString("2026-W53");
        assertThat(Period.of(Kind.WEEKLY, LocalDate.of(2027, 1, 4))).hasToString("2027-W01");
        assertThat(Period.parse("2026-W53").firstDay()).isEqualTo(LocalDate.of(2026, 12, 28));
    }

    @Test
    void a_period_ends_when_the_next_begins_there() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Period.parse("2026-10-25").end(berlin)).contains(Instant.parse("2026-10-25T23:00:00Z"));
        assertThat(Period.parse("2026-W13").end(berlin)).contains(Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(Period.parse("2026-12").end(ZoneOffset.UTC)).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(Period.ALL_TIME.end(ZoneOffset.UTC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "all", "2026", "2026-13", "2026-02-30", "2025-W53", "2026-W00", "2026-W7", "2026-11-22T"})
    void what_names_no_period_is_refused(String text) {
        assertThatThrownBy(() -> Period.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
