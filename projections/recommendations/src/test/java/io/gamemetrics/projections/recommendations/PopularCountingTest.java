package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When popular lists are counted again. */
class PopularCountingTest {

    @TempDir
    Path folder;

    /** Each look at the clock is a second after the one before, so that a count takes one second. */
    private final AtomicLong seconds = new AtomicLong();

    @Test
    void after_an_erasure_that_only_a_training_saw_lists_rest_half_as_long() {
        try (Fed fed = new Fed(folder)) {
            fed.buys("ann", "hat");
            fed.flush();
            PopularCounting counting =
                    new PopularCounting(fed.popular, () -> Duration.ofSeconds(seconds.getAndIncrement())
                            .toNanos());
            assertThat(countsAt(0, fed, counting)).as("the first time").isTrue();

            counting.changed(Fed.NUMBER, false);
            assertThat(countsAt(41, fed, counting)).isFalse();
            assertThat(countsAt(42, fed, counting))
                    .as("40 s after the second 1")
                    .isTrue();

            counting.changed(Fed.NUMBER, false);
            counting.changed(Fed.NUMBER, true);
            counting.changed(Fed.NUMBER, false);
            assertThat(countsAt(64, fed, counting)).isFalse();
            assertThat(countsAt(65, fed, counting))
                    .as("20 s after the second 44")
                    .isTrue();
        }
    }

    @Test
    void a_training_tells_that_somebody_was_erased_before_it_takes_the_changes_away() {
        try (Fed fed = new Fed(folder)) {
            List<Boolean> erased = new ArrayList<>();
            fed.buys("ann", "red-0", "red-1");
            fed.buys("mallory", "red-0");
            fed.flush();
            fed.learning().learn(Fed.NUMBER, seen -> erased.add(seen.erased()));
            fed.event("mallory", new PlayerEvent.Erased(Instant.EPOCH));
            fed.flush();
            fed.buys("ann", "red-2");
            fed.flush();
            fed.learning().learn(Fed.NUMBER, seen -> erased.add(seen.erased()));

            assertThat(erased).containsExactly(false, true);
            assertThat(fed.state.changes()).isEmpty();
        }
    }

    private boolean countsAt(long second, Fed fed, PopularCounting counting) {
        fed.tables.execute("DELETE FROM recommendations.popular");
        seconds.set(second);
        counting.step(List.of());
        return fed.tables.number("SELECT count(*) FROM recommendations.popular") > 0;
    }
}
