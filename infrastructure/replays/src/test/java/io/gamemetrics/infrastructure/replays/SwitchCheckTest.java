package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far behind the version readers ask a new one may be. */
class SwitchCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # read, new, is level: milliseconds behind now
                    0,      0,      true
                    0,      1000,   true
                    0,      1001,   false
                    600,    1600,   true
                    600,    1601,   false
                    3000,   6000,   true
                    3000,   6001,   false
                    5000,   10000,  true
                    60000,  65000,  true
                    60000,  65001,  false
                    60000,  0,      true
                    """)
    void a_version_may_be_behind_by_as_much_as_the_one_that_is_asked_but_a_second_at_least_and_five_at_most(
            long read, long fresh, boolean isLevel) {
        assertThat(isLevel(read, fresh)).isEqualTo(isLevel);
    }

    @Test
    void where_nobody_told_of_the_one_that_is_asked_it_may_be_five_seconds_old() {
        assertThat(isLevel(null, 5_000)).isTrue();
        assertThat(isLevel(null, 5_001)).isFalse();
    }

    private static boolean isLevel(@Nullable Long read, long fresh) {
        PartitionProgress next = behind(fresh);
        VersionProgress last = new VersionProgress(NOW, read == null ? List.of() : List.of(behind(read)));
        return new SwitchCheck(new Proofs.Tally(1, 1, 0), new VersionProgress(NOW, List.of(next)), last, 1)
                .isLevel(next);
    }

    private static PartitionProgress behind(long millis) {
        return new PartitionProgress(
                0, "one", new Position(1, 40), 40, NOW.minusMillis(millis), 40, 1, 1, 0, null, NOW);
    }
}
