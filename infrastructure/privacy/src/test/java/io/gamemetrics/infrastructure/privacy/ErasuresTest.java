package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.Erasures.Readmission;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an erasure does to the vault, and what brings it back: nothing. */
class ErasuresTest {

    private static final PlayerId ANNA = new PlayerId("anna@example.org");
    private static final PlayerId BERT = new PlayerId("bert");

    @TempDir
    Path folder;

    private final HikariDataSource database = new HikariDataSource();
    private final List<HikariDataSource> restored = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private PostgresVault vault;
    private int game;

    @BeforeEach
    void open() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(4);
        vault = another();
        game = vault.gameNumber(new GameId("intendo"));
    }

    @AfterEach
    void close() {
        database.close();
        restored.forEach(HikariDataSource::close);
    }

    private PostgresVault another() {
        return open(database);
    }

    private PostgresVault open(HikariDataSource of) {
        return PostgresVault.open(of, KeyDirectory.at(folder.resolve("keys")), nanos::get);
    }

    private PostgresVault restored(VaultBackup backup) throws Exception {
        HikariDataSource old = backup.restored();
        restored.add(old);
        return open(old);
    }

    private void passLeases() {
        nanos.addAndGet(16 * 1_000_000_000L);
    }

    @Test
    void whoIsBeingErasedIsRefusedHereAtOnceAndElsewhereWhenTheLeaseIsOver() {
        UUID stream = made(vault, ANNA).pseudonym().value();
        PostgresVault replica = another();
        assertThat(standing(replica, ANNA)).isInstanceOf(Standing.Admitted.class);

        Instant at = vault.erasures().begin(game, ANNA);

        assertThat(standing(vault, ANNA)).isEqualTo(new Standing.Erased(at));
        assertThat(vault.subjects(game, List.of(ANNA))).isEmpty();
        assertThat(vault.standings(game, List.of(ANNA, BERT))).containsOnlyKeys(ANNA);
        assertThat(standing(replica, ANNA)).as("leased").isInstanceOf(Standing.Admitted.class);
        passLeases();
        assertThat(standing(replica, ANNA)).isEqualTo(new Standing.Erased(at));
        assertThat(vault.keys(List.of(stream))).as("the key stays for now").hasSize(1);
        assertThat(vault.findSubjects(game, List.of(ANNA))).hasSize(1);
        assertThat(standing(vault, BERT)).isInstanceOf(Standing.Admitted.class);
    }

    @Test
    void afterTheKeyNothingIsLeftButTheRefusal() throws Exception {
        Subject anna = made(vault, ANNA);
        UUID stream = anna.pseudonym().value();
        Instant at = vault.erasures().begin(game, ANNA);

        vault.erasures().destroy(game, ANNA, stream);
        vault.erasures().destroy(game, ANNA, stream);

        assertThat(vault.keys(List.of(stream))).isEmpty();
        assertThat(vault.erased(List.of(stream))).containsExactly(stream);
        assertThat(vault.findSubjects(game, List.of(ANNA))).isEmpty();
        assertThat(vault.subjectsOf(List.of(stream))).isEmpty();
        passLeases();
        assertThat(standing(vault, ANNA)).isEqualTo(new Standing.Erased(at));
        assertThat(vault.erasures().erasedAt(game, ANNA)).contains(at);
        assertThat(Files.readString(ledger()))
                .hasLineCount(2)
                .doesNotContain("anna")
                .doesNotContain(stream.toString());
    }

    @Test
    void whoIsBeingMadeWhenTheErasureBeginsIsSeenByIt() throws Exception {
        try (var making = database.getConnection();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            making.setAutoCommit(false);
            SubjectRows rows = new SubjectRows(KeyDirectory.at(folder.resolve("keys")));
            rows.findOrCreate(making, rows.hashed(game, List.of(ANNA)));
            Future<Boolean> seen = other.submit(() -> {
                vault.erasures().begin(game, ANNA);
                return !vault.findSubjects(game, List.of(ANNA)).isEmpty();
            });
            while (!seen.isDone() && !somebodyWaits()) {
                other.awaitTermination(25, TimeUnit.MILLISECONDS);
            }
            making.commit();
            assertThat(seen.get()).isTrue();
        }
    }

    private boolean somebodyWaits() throws Exception {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
                var rows = select.executeQuery()) {
            return rows.next();
        }
    }

    @Test
    void aKeyIsDestroyedOnlyOfWhoIsBeingErased() {
        UUID stream = made(vault, ANNA).pseudonym().value();

        assertThatThrownBy(() -> vault.erasures().destroy(game, ANNA, stream))
                .isInstanceOf(IllegalStateException.class);
        assertThat(vault.keys(List.of(stream))).hasSize(1);
    }

    @Test
    void whoWasNeverSeenIsRefusedTooAndNobodyIsMadeForThem() {
        Instant at = vault.erasures().begin(game, ANNA);

        assertThat(vault.erasures().begin(game, ANNA))
                .as("the first time counts")
                .isEqualTo(at);
        assertThat(another().erasures().begin(game, ANNA)).isEqualTo(at);
        assertThat(standing(another(), ANNA)).isEqualTo(new Standing.Erased(at));
        assertThat(made(vault, BERT).playerNumber()).as("no number was used").isZero();
    }

    @Test
    void whoIsReadmittedIsSomebodyElseAndWhatOccurredBeforeStaysRefused() {
        Subject before = made(vault, ANNA);
        Instant at = vault.erasures().begin(game, ANNA);
        assertThat(vault.erasures().readmit(game, ANNA)).isEqualTo(Readmission.BEING_ERASED);
        vault.erasures().destroy(game, ANNA, before.pseudonym().value());

        assertThat(vault.erasures().readmit(game, ANNA)).isEqualTo(Readmission.READMITTED);
        assertThat(vault.erasures().readmit(game, ANNA)).isEqualTo(Readmission.NOT_ERASED);
        assertThat(vault.erasures().readmit(game, BERT)).isEqualTo(Readmission.NOT_ERASED);
        assertThat(vault.standings(game, List.of(ANNA))).as("nobody yet").isEmpty();
        Standing.Admitted after = (Standing.Admitted) standing(vault, ANNA);

        assertThat(after.erasedAt()).isEqualTo(at);
        assertThat(after.subject().pseudonym()).isNotEqualTo(before.pseudonym());
        assertThat(after.subject().playerNumber()).isEqualTo(1);
        passLeases();
        assertThat(standing(vault, ANNA)).isEqualTo(after);
        Instant again = vault.erasures().begin(game, ANNA);
        assertThat(again).isAfter(at);
        vault.erasures().destroy(game, ANNA, after.subject().pseudonym().value());
        assertThat(vault.keys(List.of(after.subject().pseudonym().value()))).isEmpty();
        assertThat(standing(vault, ANNA)).isEqualTo(new Standing.Erased(again));
    }

    @Test
    void aVaultRestoredToOlderDataHasForgottenNoErasure() throws Exception {
        UUID anna = made(vault, ANNA).pseudonym().value();
        UUID bert = made(vault, BERT).pseudonym().value();
        DataKey bertsKey = Objects.requireNonNull(vault.keys(List.of(bert)).get(bert));
        VaultBackup beforeAll = VaultBackup.of(database);
        Instant at = vault.erasures().begin(game, ANNA);
        VaultBackup whileBegun = VaultBackup.of(database);
        vault.erasures().destroy(game, ANNA, anna);

        for (VaultBackup backup : List.of(beforeAll, whileBegun)) {
            PostgresVault old = restored(backup);
            assertThat(old.keys(List.of(anna))).isEmpty();
            assertThat(old.erased(List.of(anna))).containsExactly(anna);
            assertThat(standing(old, ANNA)).isEqualTo(new Standing.Erased(at));
            assertThat(old.keys(List.of(bert))).hasEntrySatisfying(bert, key -> assertThat(key.encryption())
                    .isEqualTo(bertsKey.encryption()));
        }
    }

    @Test
    void anErasureDoneAgainTakesNobodyWhoCameBackSince() throws Exception {
        UUID before = made(vault, ANNA).pseudonym().value();
        VaultBackup first = VaultBackup.of(database);
        vault.erasures().begin(game, ANNA);
        vault.erasures().destroy(game, ANNA, before);
        vault.erasures().readmit(game, ANNA);
        UUID after = made(vault, ANNA).pseudonym().value();
        VaultBackup second = VaultBackup.of(database);

        PostgresVault oldest = restored(first);
        assertThat(oldest.keys(List.of(before, after))).isEmpty();
        assertThat(made(oldest, ANNA).pseudonym().value()).isNotIn(before, after);
        // As a vault that has heard of nothing does it all again.
        HikariDataSource unheard = second.restored();
        restored.add(unheard);
        try (var connection = unheard.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE vault SET ledger_entries = 0, ledger_mac = NULL");
        }
        PostgresVault again = open(unheard);
        assertThat(again.keys(List.of(after))).containsOnlyKeys(after);
        assertThat(made(again, ANNA).pseudonym().value()).isEqualTo(after);
    }

    @Test
    void anErasureThatIsBegunOnlyIsNotMoreThanThatAfterARestore() throws Exception {
        UUID anna = made(vault, ANNA).pseudonym().value();
        VaultBackup backup = VaultBackup.of(database);
        Instant at = vault.erasures().begin(game, ANNA);

        PostgresVault old = restored(backup);

        assertThat(standing(old, ANNA)).isEqualTo(new Standing.Erased(at));
        assertThat(old.keys(List.of(anna))).as("totals can still be kept").hasSize(1);
    }

    @Test
    void whatIsInTheLedgerAloneIsHeardOfWithTheNextEntryAndAtTheNextStart() throws Exception {
        // As when a process died after the ledger and before the database.
        VaultBackup before = VaultBackup.of(database);
        vault.erasures().begin(game, ANNA);
        PostgresVault old = restored(before);
        vault.erasures().begin(game, BERT);

        old.erasures().begin(game, new PlayerId("carl"));

        assertThat(standing(old, BERT)).isInstanceOf(Standing.Erased.class);
        assertThat(Files.readString(ledger())).hasLineCount(3);
        vault.erasures().begin(game, new PlayerId("dora"));
        assertThat(standing(vault, new PlayerId("carl"))).isInstanceOf(Standing.Erased.class);
    }

    @Test
    void replicasThatWriteAtOnceLoseNothing() throws Exception {
        List<PostgresVault> replicas = List.of(another(), another(), another());
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas.size())) {
            List<Future<?>> done = new ArrayList<>();
            for (int r = 0; r < replicas.size(); r++) {
                PostgresVault replica = replicas.get(r);
                String name = "player-" + r + "-";
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        replica.erasures().begin(game, new PlayerId(name + i));
                        replica.erasures().begin(game, new PlayerId("shared-" + i));
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        assertThat(Files.readString(ledger())).hasLineCount(80);
        assertThat(standing(another(), new PlayerId("player-2-19"))).isInstanceOf(Standing.Erased.class);
    }

    private Path ledger() {
        return folder.resolve("keys").resolve("ledger").resolve("erasures.ledger");
    }

    private Standing standing(PostgresVault of, PlayerId player) {
        return Objects.requireNonNull(of.admit(game, List.of(player)).get(player));
    }

    private Subject made(PostgresVault of, PlayerId player) {
        return ((Standing.Admitted) standing(of, player)).subject();
    }
}
