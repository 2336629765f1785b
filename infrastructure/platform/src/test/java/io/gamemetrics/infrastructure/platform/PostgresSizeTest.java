package io.gamemetrics.infrastructure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresSizeTest {

    private static final long GIB = 1L << 30;
    private static final long LARGE_DISK = 1_000 * GIB;

    @Test
    void aSmallMachineKeepsWhatPostgresTakesByItself() {
        assertThat(PostgresSize.of(GIB, LARGE_DISK))
                .containsEntry("shared_buffers", "128MB")
                .containsEntry("max_wal_size", "1024MB");
    }

    @Test
    void aTwelfthOfTheMemoryAndTwiceAsMuchLog() {
        assertThat(PostgresSize.of(12 * GIB, LARGE_DISK))
                .containsEntry("shared_buffers", "1024MB")
                .containsEntry("max_wal_size", "2048MB");
    }

    @Test
    void aLargeMachineHasRoomForOthers() {
        assertThat(PostgresSize.of(512 * GIB, LARGE_DISK))
                .containsEntry("shared_buffers", "2048MB")
                .containsEntry("max_wal_size", "4096MB");
    }

    @Test
    void theLogIsASixteenthOfTheDiskAtMost() {
        assertThat(PostgresSize.of(512 * GIB, 32 * GIB)).containsEntry("max_wal_size", "2048MB");
        assertThat(PostgresSize.of(512 * GIB, GIB)).containsEntry("max_wal_size", "1024MB");
    }

    @Test
    void aFolderThatIsNotThereYetLiesOnTheDiskOfTheOneAboveIt(@TempDir Path folder) throws Exception {
        assertThat(PostgresSize.disk(folder.resolve("not/there/yet")))
                .isPositive()
                .isEqualTo(Files.getFileStore(folder).getTotalSpace());
    }
}
