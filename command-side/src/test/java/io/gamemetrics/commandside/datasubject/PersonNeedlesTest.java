package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What there is room for of what says who a person is. */
class PersonNeedlesTest {

    private final PersonNeedles needles = new PersonNeedles();

    @Test
    void whoWasReadLaterIsLookedForHoweverManySessionsWereBefore() {
        needles.id("anna");
        for (int i = 0; i < 3_000; i++) {
            needles.session("session-" + i);
        }
        needles.name("Anna");
        needles.id("guest");
        needles.name("Guest");
        needles.name(" ");

        assertThat(needles.texts())
                .startsWith("anna", "guest", "Anna", "Guest", "session-0")
                .hasSize(2_000);
    }

    @Test
    void whatIsGatheredCanBeKept() {
        for (int i = 0; i < 1_500; i++) {
            needles.session(i + "\u00e4".repeat(600));
        }
        needles.name("Anna");

        long bytes = needles.texts().stream()
                .mapToLong(text -> Integer.BYTES + text.getBytes(StandardCharsets.UTF_8).length)
                .sum();

        assertThat(needles.texts()).startsWith("Anna");
        assertThat(bytes).isBetween(RequestSecrets.MAX_BYTES - 2_000L, (long) RequestSecrets.MAX_BYTES);
    }
}
