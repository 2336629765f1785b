package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportSecretsTest {

    private static final HikariDataSource DATABASE = new HikariDataSource();
    private static final byte[] PIECE = "anna@example.org".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static PostgresVault vault;
    private static ExportSecrets exports;

    private final UUID request = UUID.randomUUID();

    @BeforeAll
    static void open() {
        DATABASE.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(DATABASE, KeyDirectory.at(folder.resolve("keys")));
        exports = vault.exportSecrets();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aPartIsThereWhenItsLastPieceIs() {
        List<UUID> streams = List.of(UUID.randomUUID(), UUID.randomUUID());
        exports.begin(request, 0, streams);
        exports.keep(request, 0, "metrics", 0, PIECE, false);
        assertThat(exports.pieces(request, 0, "metrics")).isEmpty();
        exports.keep(request, 0, "metrics", 1, new byte[] {1}, true);

        assertThat(exports.streams(request, 0)).contains(streams);
        assertThat(exports.pieces(request, 0, "metrics")).contains(2);
        assertThat(exports.piece(request, 0, "metrics", 0)).contains(PIECE);
        assertThat(exports.piece(request, 0, "metrics", 2)).isEmpty();
        assertThat(exports.pieces(request, 0, "players")).isEmpty();
    }

    @Test
    void aPartIsNoRequestOfItsOwn() {
        vault.requestSecrets().put(request, "intake", PIECE);
        for (int subject = 0; subject < 2; subject++) {
            exports.begin(request, subject, List.of(UUID.randomUUID()));
        }
        exports.destroy(request, 1);
        exports.destroy(request, 2);

        assertThat(vault.requestSecrets().requests(true, null, 1_000)).containsExactly(request);
        assertThat(vault.requestSecrets().requests(false, null, 1_000)).containsExactly(request);
        assertThat(new SubjectRequestsReader(DATABASE).requests(null, null, 1_000))
                .extracting(SubjectRequestsReader.Seen::request)
                .containsExactly(request);
    }

    @Test
    void onesPartIsDestroyedAndTheOthersStays() {
        for (int subject = 0; subject < 2; subject++) {
            exports.begin(request, subject, List.of(UUID.randomUUID()));
            exports.keep(request, subject, "metrics", 0, PIECE, true);
        }

        exports.destroy(request, 0);

        assertThat(exports.streams(request, 0)).isEmpty();
        assertThat(exports.piece(request, 0, "metrics", 0)).isEmpty();
        assertThat(exports.piece(request, 1, "metrics", 0)).contains(PIECE);
        assertThatThrownBy(() -> exports.keep(request, 0, "metrics", 0, PIECE, true))
                .as("what comes too late")
                .isInstanceOf(IllegalStateException.class);
    }
}
