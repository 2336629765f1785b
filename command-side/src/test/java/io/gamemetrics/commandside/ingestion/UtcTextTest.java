package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:15:30Z",
                "2026-11-22T10:15:30.1Z",
                "2026-11-22T10:15:30.123Z",
                "2026-11-22T10:15:30.1239Z",
                "2026-11-22T10:15:30.999999999Z",
                "2024-02-29T23:59:59.000000001Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z"
            })
    void it_is_what_the_parser_of_java_time_says(String text) {
        assertThat(UtcText.millis(text)).isEqualTo(parsed(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-22T10:15:30",
                "2026-11-22T10:15:30.Z",
                "2026-11-22T10:15:30.1234567890Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T23:60:00Z",
                "2026-11-22T23:59:60Z",
                "2026-11-22t10:15:30z",
                "2026-11-22T10:15:30+02:00",
                "2026-11-22T10:15Z",
                "2026/11/22T10:15:30Z",
                "-026-11-22T10:15:30Z"
            })
    void any_other_form_is_left_to_it(String text) {
        assertThat(UtcText.millis(text)).isNull();
    }

    @Test
    void by_chance_and_damaged_it_never_says_anything_else() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(Instant.ofEpochSecond(
                            random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000))
                    .truncatedTo(random.nextBoolean() ? ChronoUnit.MILLIS : ChronoUnit.NANOS)
                    .toString());
            if (random.nextInt(3) == 0) {
                String some = "0123456789-:.TZ+ é٣";
                text.setCharAt(random.nextInt(text.length()), some.charAt(random.nextInt(some.length())));
            }
            Instant found = found(text.toString());
            if (found != null) {
                assertThat(found).as(text.toString()).isEqualTo(parsed(text.toString()));
            }
        }
    }

    private static @Nullable Instant found(String text) {
        try {
            return UtcText.millis(text);
        } catch (DateTimeException e) {
            assertThat(parsed(text)).as(text).isNull();
            return null;
        }
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
