package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.SearchMarks.Mark;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestSecretsTest {

    private static final HikariDataSource DATABASE = new HikariDataSource();
    private static final byte[] NEEDLES = "anna@example.org".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static PostgresVault vault;

    private final UUID request = UUID.randomUUID();
    private RequestSecrets secrets;

    @BeforeAll
    static void open() {
        DATABASE.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(DATABASE, KeyDirectory.at(folder.resolve("keys")));
    }

    @BeforeEach
    void ask() {
        secrets = vault.requestSecrets();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void aSecretIsReadByEveryReplicaAndByNameOnly() {
        secrets.put(request, "needles", NEEDLES);
        secrets.put(request, "intake", new byte[] {1});
        secrets.put(request, "intake", new byte[] {2});

        RequestSecrets replica = PostgresVault.open(DATABASE, KeyDirectory.at(folder.resolve("keys")))
                .requestSecrets();
        assertThat(replica.find(request, "needles")).contains(NEEDLES);
        assertThat(replica.find(request, "intake"))
                .hasValueSatisfying(one -> assertThat(one).containsExactly(2));
        assertThat(replica.find(request, "other")).isEmpty();
        assertThat(replica.find(UUID.randomUUID(), "needles")).isEmpty();
    }

    @Test
    void searchesAreRememberedOfEachSubjectUntilTheRequestIsOver() {
        SearchMarks marks = vault.searchMarks();
        marks.put(request, 1, Mark.SEARCHED);
        marks.put(request, 12, Mark.SEARCHED);
        marks.put(request, 12, Mark.SEARCHED);
        marks.put(request, 3, Mark.NOBODY);
        assertThat(marks.of(request, Mark.SEARCHED)).containsExactly(1, 12);
        assertThat(marks.of(request, Mark.NOBODY)).containsExactly(3);
        assertThat(marks.of(UUID.randomUUID(), Mark.SEARCHED)).isEmpty();
        marks.putIds(request, 1, List.of(new PlayerId("anna"), new PlayerId("guest")));
        assertThat(marks.ids(request, 1)).containsExactly(new PlayerId("anna"), new PlayerId("guest"));
        assertThat(marks.ids(request, 2)).isEmpty();

        secrets.destroy(request);
        assertThat(marks.of(request, Mark.SEARCHED)).isEmpty();
        assertThat(marks.ids(request, 1)).isEmpty();
    }

    @Test
    void onlyWhatWasKeptLongAgoIsDestroyedForItsAge() {
        secrets.put(request, "needles", NEEDLES);
        secrets.destroyOlderThan(request, Duration.ofHours(1));
        assertThat(secrets.find(request, "needles")).isPresent();
        secrets.destroyOlderThan(request, Duration.ZERO);
        assertThat(secrets.find(request, "needles")).isEmpty();
    }

    @Test
    void whatIsDestroyedIsGoneAndNothingIsKeptOfItAgain() {
        secrets.put(request, "needles", NEEDLES);

        secrets.destroy(request);
        secrets.destroy(request);

        assertThat(secrets.find(request, "needles")).isEmpty();
        assertThatThrownBy(() -> secrets.put(request, "needles", NEEDLES)).isInstanceOf(IllegalStateException.class);
        UUID unknown = UUID.randomUUID();
        secrets.destroy(unknown);
        assertThatThrownBy(() -> secrets.put(unknown, "needles", NEEDLES)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theDatabaseHoldsNothingInTheClearAndNothingThatOpensInAnotherPlace() throws Exception {
        UUID other = UUID.randomUUID();
        secrets.put(request, "needles", NEEDLES);
        secrets.put(other, "needles", new byte[] {1});
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement();
                var moved = connection.prepareStatement("UPDATE request_secret SET sealed ="
                        + " (SELECT sealed FROM request_secret WHERE request = ?) WHERE request = ?")) {
            try (var row = statement.executeQuery(
                    "SELECT count(*) FROM request_secret" + " WHERE position('anna'::bytea in sealed) > 0")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
            moved.setObject(1, request);
            moved.setObject(2, other);
            moved.executeUpdate();
        }
        assertThatThrownBy(() -> secrets.find(other, "needles")).isInstanceOf(KeysRefusedException.class);
    }

    @Test
    void aNewEpochOpensThemAfterRewrapping() throws Exception {
        secrets.put(request, "needles", NEEDLES);
        short epoch = vault.keyEpochs().begin();
        vault.keyEpochs().rewrap(null);
        for (int old = 1; old < epoch; old++) {
            Files.move(folder.resolve("keys/epoch-%04d.key".formatted(old)), folder.resolve("away-" + old));
        }
        assertThat(secrets.find(request, "needles")).contains(NEEDLES);
        for (int old = 1; old < epoch; old++) {
            Files.move(folder.resolve("away-" + old), folder.resolve("keys/epoch-%04d.key".formatted(old)));
        }
    }

    @Test
    void needlesComeBackAsTheyWere() {
        java.util.List<String> needles = java.util.List.of("anna@example.org", "", "Åse \n 😀", "x".repeat(8_192));
        secrets.putNeedles(request, 7, needles);

        assertThat(secrets.needles(request, 7)).isEqualTo(needles);
        assertThat(secrets.needles(request, 8)).isEmpty();
        secrets.destroy(request);
        assertThat(secrets.needles(request, 7)).isEmpty();
    }

    @Test
    void requestsAreListedInTheirOrderOpenOnesApart() {
        UUID last = UUID.randomUUID();
        secrets.put(request, "intake", NEEDLES);
        secrets.put(last, "intake", NEEDLES);

        assertThat(secrets.requests(false, null, 1_000)).containsSubsequence(request, last);
        assertThat(secrets.requests(true, request, 1)).containsExactly(last);
        secrets.destroy(request);
        assertThat(secrets.requests(true, null, 1_000)).contains(last).doesNotContain(request);
        assertThat(secrets.requests(false, request, 1_000)).containsExactly(last);
    }

    @Test
    void aSecretHasItsLimit() {
        assertThatThrownBy(() -> secrets.put(request, "needles", new byte[RequestSecrets.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
