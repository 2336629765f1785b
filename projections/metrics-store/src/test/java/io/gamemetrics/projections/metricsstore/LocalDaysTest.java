package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalDaysTest {

    private final Random random = new Random(7);

    /** Newfoundland put its clocks back at a minute past midnight, to the day before; Samoa left a day out. */
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-01-01T00:00:00Z",
        "Asia/Kathmandu, 2026-06-30T18:15:00Z",
        "America/St_Johns, 2006-10-29T02:31:00Z",
        "America/St_Johns, 2006-04-02T03:31:00Z",
        "Pacific/Apia, 2011-12-30T10:00:00Z",
        "America/Sao_Paulo, 2018-11-04T03:00:00Z",
        "America/Santiago, 2024-04-07T03:00:00Z"
    })
    void are_the_zones_own_whatever_its_clocks_do(String zone, Instant about) {
        LocalDays days = new LocalDays();
        GameRow game = game(zone);
        for (int i = 0; i < 20_000; i++) {
            Instant at =
                    about.plusSeconds((long) (random.nextGaussian() * 100_000)).plusNanos(random.nextInt(3) - 1);
            assertThat(days.of(at, game)).as("%s in %s", at, zone).isEqualTo(game.dayOf(at));
        }
        assertThat(days.of(about, game)).isEqualTo(game.dayOf(about));
    }

    @ParameterizedTest
    @CsvSource({"Asia/Tokyo, America/Los_Angeles", "UTC, Pacific/Apia"})
    void are_those_of_the_game_that_is_asked_for(String one, String other) {
        LocalDays days = new LocalDays();
        GameRow first = game(one);
        GameRow second = game(other);
        Instant at = Instant.parse("2026-05-01T12:00:00Z");
        assertThat(days.of(at, first)).isEqualTo(first.dayOf(at));
        assertThat(days.of(at, second)).isEqualTo(second.dayOf(at));
        assertThat(days.of(at, first)).isEqualTo(first.dayOf(at));
    }

    private static GameRow game(String zone) {
        return new GameRow(1, "game", ZoneId.of(zone), "USD", true, 1, 1, null);
    }
}
