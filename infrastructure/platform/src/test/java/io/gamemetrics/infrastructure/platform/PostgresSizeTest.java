package io.gamemetrics.infrastructure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresSizeTest {

    private static final long GIB = 1L << 30;

    @Test
    void aSmallMachineKeepsWhatPostgresTakesByItself() {
        assertThat(PostgresSize.of(GIB))
                .containsEntry("shared_buffers", "128MB")
                .containsEntry("max_wal_size", "1024MB");
    }

    @Test
    void aSixteenthOfTheMemory() {
        assertThat(PostgresSize.of(12 * GIB))
                .containsEntry("shared_buffers", "768MB")
                .containsEntry("max_wal_size", "1536MB");
    }

    @Test
    void aLargeMachineHasRoomForOthers() {
        assertThat(PostgresSize.of(512 * GIB))
                .containsEntry("shared_buffers", "1024MB")
                .containsEntry("max_wal_size", "2048MB");
    }
}
