package io.gamemetrics.sharedkernel.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlayerIdTest {

    @Test
    void isWellFormedTextOfBoundedLength() {
        assertThat(new PlayerId("😀".repeat(64)).value()).hasSize(128);
        for (String refused : new String[] {"", " ", "x".repeat(129), "a\ud83d", "\ude00a"}) {
            assertThatThrownBy(() -> new PlayerId(refused)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
