package io.gamemetrics.infrastructure.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.backups.BackupKind;
import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackupArgumentsTest {

    private static final Path FOLDER = Path.of("/backups/x");

    @Test
    void whatIsTypedIsUnderstood() {
        assertThat(typed("backup create events /backups/x"))
                .isEqualTo(new BackupArguments.Create(BackupKind.EVENTS, FOLDER, Duration.ofDays(7)));
        assertThat(typed("backup create vault /backups/x --keep-for 3"))
                .isEqualTo(new BackupArguments.Create(BackupKind.VAULT, FOLDER, Duration.ofDays(3)));
        assertThat(typed("backup verify /backups/x")).isEqualTo(new BackupArguments.Verify(FOLDER));
        assertThat(typed("restore vault /backups/x"))
                .isEqualTo(new BackupArguments.Restore(BackupKind.VAULT, FOLDER, false));
        assertThat(typed("restore events --replace /backups/x"))
                .isEqualTo(new BackupArguments.Restore(BackupKind.EVENTS, FOLDER, true));
    }

    @Test
    void whatIsNotIsAnsweredWithHowItIsTyped() {
        for (String words : new String[] {
            "backup",
            "backup create",
            "backup create keys /backups/x",
            "backup create vault /backups/x --keep-for",
            "backup create vault /backups/x --keep-for soon",
            "backup create events /backups/x --replace",
            "backup verify /backups/x /backups/y",
            "restore vault /backups/x --force",
            "restore everything /backups/x"
        }) {
            assertThatThrownBy(() -> typed(words))
                    .as(words)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("restore vault FOLDER [--replace]");
        }
    }

    @Test
    void aLineSaysHowFarItIsAndHowLongItTakes() {
        assertThat(CopyLine.text("events", 1_048_576, 4_194_304, Duration.ofSeconds(2)))
                .isEqualTo("██████░░░░░░░░░░░░░░░░░░  25 %  events, 1.0 MiB, 0.5 MiB/s, about 6 s left");
        assertThat(CopyLine.text("events", 5, 4, Duration.ZERO))
                .contains("100 %")
                .doesNotContain("left");
    }

    private static BackupArguments typed(String words) {
        return BackupArguments.of(words.split(" "));
    }
}
