package io.gamemetrics.sharedkernel.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomReportedTest {

    @Test
    void equalNumbersAreEqualHoweverTheyWereParsed() {
        Object[] ones = {1, 1L, 1.0, new BigDecimal("1.00"), BigInteger.ONE};
        for (Object one : ones) {
            assertThat(with(one)).isEqualTo(with(1L));
        }
        assertThat(with(new BigDecimal("1E+2")).fields()).containsEntry("f", 100L);
        assertThat(with(0.5).fields()).containsEntry("f", new BigDecimal("0.5"));
        assertThat(with(new BigDecimal("0.50"))).isEqualTo(with(0.5));
        assertThat(with(new BigInteger("9223372036854775808")).fields())
                .containsEntry("f", new BigDecimal("9223372036854775808"));
        assertThat(with(new BigDecimal("1E+1000000")).fields()).containsEntry("f", new BigDecimal("1E+1000000"));
    }

    @Test
    void aValueOfAnotherKindIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> with(List.of("secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    private static CustomReported with(Object value) {
        EventHeader header = new EventHeader(new EventId("e"), Instant.EPOCH, null, Dimensions.NONE, false);
        return new CustomReported(header, "n", null, Map.of("f", value));
    }
}
