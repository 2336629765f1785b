package io.gamemetrics.sharedkernel.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventIdTest {

    private static final Pattern PROMISED = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    @Test
    void exactly_the_promised_characters_are_allowed() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String value = "a" + (char) c;
            assertThat(isAllowed(value))
                    .as("U+%04X", c)
                    .isEqualTo(PROMISED.matcher(value).matches());
        }
    }

    @Test
    void it_has_1_to_64_of_them() {
        assertThatThrownBy(() -> new EventId(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eventId must be 1 to 64 of [A-Za-z0-9._:-]");
        assertThatCode(() -> new EventId("x".repeat(64))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new EventId("x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isAllowed(String value) {
        try {
            return new EventId(value).value().equals(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
