package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Destruction;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Epoch;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that wraps all others is followed by another one and destroyed, while the vault is used. */
class KeyEpochsTest {

    private static final PlayerId ANNA = new PlayerId("anna@example.org");
    private static final PlayerId BERT = new PlayerId("bert");

    @TempDir
    Path folder;

    private final HikariDataSource database = new HikariDataSource();
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
    }

    private PostgresVault another() {
        return PostgresVault.open(database, keys());
    }

    private KeyDirectory keys() {
        return KeyDirectory.at(folder.resolve("keys"));
    }

    private Path file(int epoch) {
        return folder.resolve("keys/epoch-%04d.key".formatted(epoch));
    }

    @Test
    void aReplicaThatStartedEarlierWrapsByTheNewEpochAtOnce() {
        PostgresVault replica = another();
        vault.keyEpochs().begin();

        stream(replica, ANNA);
        replica.requestSecrets().put(UUID.randomUUID(), "needles", new byte[1]);
        replica.gameNumber(new GameId("later"));

        // Two keys of the first game, two of the second, a player's and a request's.
        assertThat(vault.keyEpochs().list()).extracting(Epoch::wraps).containsExactly(2L, 4L);
    }

    @Test
    void aReplicaWithoutTheNewEpochsFileMakesNobodyAndSaysWhatIsMissing() throws Exception {
        UUID anna = stream(vault, ANNA);
        PostgresVault replica = another();
        vault.keyEpochs().begin();
        Files.move(file(2), folder.resolve("away"));

        assertThatThrownBy(() -> stream(replica, BERT))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("no key of epoch 2");
        assertThat(replica.keys(List.of(anna))).hasSize(1);
    }

    @Test
    void aFileThatWasPutIntoEveryFolderIsTaken() throws Exception {
        Path made = Files.writeString(file(7), "A".repeat(43) + "=\n");
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));

        assertThat(vault.keyEpochs().begin()).isEqualTo((short) 7);
        assertThat(vault.keyEpochs().begin()).isEqualTo((short) 8);
        assertThat(file(8)).exists();
    }

    @Test
    void playersAreWrappedAnewPageByPageFromWhereverItWasGivenUp() throws Exception {
        List<PlayerId> players = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            players.add(new PlayerId("p" + i));
        }
        vault.subjects(game, players);
        UUID anna = stream(vault, ANNA);
        Map<UUID, DataKey> before = vault.keys(List.of(anna));
        vault.keyEpochs().begin();
        KeyDirectory keys = keys();
        SubjectRewrap rewrap = new SubjectRewrap(keys);

        SubjectRewrap.Page first;
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            first = rewrap.page(connection, SubjectRewrap.Place.of(null));
            connection.commit();
        }

        assertThat(first.rewrapped()).isEqualTo(1_000);
        assertThat(first.next()).isNotNull();
        String place = first.next() == null ? "" : first.next().text();
        assertThat(vault.keyEpochs().rewrap(place)).isEqualTo(new KeyEpochs.Progress(1_501, null));
        assertThat(vault.keyEpochs().rewrap(null))
                .as("again, with the game's own")
                .isEqualTo(new KeyEpochs.Progress(0, null));
        assertThat(vault.keyEpochs().list()).extracting(Epoch::wraps).containsExactly(0L, 2_503L);
        assertThat(another().keys(List.of(anna))).isEqualTo(before);
        assertThatThrownBy(() -> vault.keyEpochs().rewrap("1.x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsErasedWhileItIsWrappedAnewStaysErased() throws Exception {
        UUID anna = stream(vault, ANNA);
        UUID bert = stream(vault, BERT);
        vault.keyEpochs().begin();
        vault.erasures().begin(game, ANNA);

        try (var erasing = database.getConnection();
                var statement = erasing.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            erasing.setAutoCommit(false);
            statement.execute(SubjectRows.DESTROY + " WHERE pseudonym = '" + anna + "'");
            Future<KeyEpochs.Progress> rewrapping =
                    threads.submit(() -> vault.keyEpochs().rewrap(null));
            awaitWaiting(rewrapping, threads);
            erasing.commit();
            assertThat(rewrapping.get()).isEqualTo(new KeyEpochs.Progress(1, null));
        }

        assertThat(another().erased(List.of(anna, bert))).containsExactly(anna);
    }

    @Test
    void aKeyIsDestroyedOnceItWrapsNothing() throws Exception {
        UUID anna = stream(vault, ANNA);
        byte[] context = {1};
        byte[] sealed = new Envelope().seal(vault.rejectionKey(game).encryption(), context, new byte[] {1, 2, 3});
        VaultBackup before = VaultBackup.of(database);
        vault = another();
        KeyEpochs epochs = vault.keyEpochs();
        vault.rejectionKey(game); // on lease, as it was wrapped before

        assertThat(epochs.destroy(1, true)).isEqualTo(Destruction.CURRENT);
        assertThat(epochs.destroy(2, true)).isEqualTo(Destruction.UNKNOWN);
        assertThat(epochs.destroy(0, true)).as("the lookup secret").isEqualTo(Destruction.UNKNOWN);
        epochs.begin();
        assertThat(epochs.destroy(1, true)).isEqualTo(Destruction.WRAPS);
        assertThat(file(1)).exists();
        epochs.rewrap(null);
        assertThat(epochs.destroy(1, false)).isEqualTo(Destruction.DESTROYED);
        assertThat(epochs.destroy(1, false)).as("again").isEqualTo(Destruction.DESTROYED);

        assertThat(file(1)).doesNotExist();
        assertThat(epochs.list()).extracting(Epoch::fileHere).containsExactly(false, true);
        assertThat(epochs.list().getFirst().destroyedAt()).isNotNull();
        assertThat(new Envelope().open(vault.rejectionKey(game).encryption(), context, sealed))
                .containsExactly(1, 2, 3);
        assertThat(another().keys(List.of(anna))).hasSize(1);
        try (HikariDataSource old = before.restored()) {
            assertThatThrownBy(() -> PostgresVault.open(old, keys())).hasMessageContaining("the key of epoch 1");
        }
    }

    @Test
    void aKeyThatABackupNeedsIsKeptUntilThatIsOver() {
        stream(vault, ANNA);
        VaultCopies copies = new VaultCopies(database, keys());
        copies.begin(Instant.now().plus(Duration.ofDays(7)));
        copies.begin(Instant.now().plus(Duration.ofDays(1)));
        vault.keyEpochs().begin();
        vault.keyEpochs().rewrap(null);

        assertThat(vault.keyEpochs().destroy(1, false)).isEqualTo(Destruction.NEEDED);
        assertThat(vault.keyEpochs().list().getFirst().neededUntil())
                .isAfter(Instant.now().plus(Duration.ofDays(6)));
        assertThat(file(1)).exists();
        assertThat(vault.keyEpochs().destroy(1, true)).as("given up").isEqualTo(Destruction.DESTROYED);
    }

    @Test
    void whoeverStillWrapsByTheOldKeyIsWaitedFor() throws Exception {
        stream(vault, ANNA);
        vault.keyEpochs().begin();
        vault.keyEpochs().rewrap(null);
        try (var late = database.getConnection();
                var statement = late.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            late.setAutoCommit(false);
            // Read which epoch is current before there was a new one, and takes its time.
            statement.execute("SELECT FROM game FOR NO KEY UPDATE");
            Future<Destruction> destroying =
                    threads.submit(() -> vault.keyEpochs().destroy(1, true));
            awaitWaiting(destroying, threads);
            statement.execute("UPDATE subject SET key_epoch = 1");
            late.commit();
            assertThat(destroying.get()).isEqualTo(Destruction.WRAPS);
        }
        assertThat(file(1)).exists();
    }

    @Test
    void whoeverWrapsAnewWhileAnEpochIsDestroyedWrapsByTheNewestAfterwards() throws Exception {
        UUID anna = stream(vault, ANNA);
        vault.keyEpochs().begin();
        PostgresVault replica = another();
        try (var destroying = database.getConnection();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            destroying.setAutoCommit(false);
            KeyEpochRows.awaitWriters(destroying);
            Future<KeyEpochs.Progress> rewrapping =
                    threads.submit(() -> replica.keyEpochs().rewrap("0.0"));
            awaitWaiting(rewrapping, threads);
            assertThat(vault.keyEpochs().begin()).isEqualTo((short) 3);
            destroying.rollback();
            assertThat(rewrapping.get()).isEqualTo(new KeyEpochs.Progress(1, null));
        }
        assertThat(vault.keyEpochs().list()).extracting(Epoch::wraps).containsExactly(2L, 0L, 1L);
        assertThat(another().keys(List.of(anna))).hasSize(1);
    }

    private void awaitWaiting(Future<?> one, ExecutorService threads) throws Exception {
        while (!one.isDone() && !somebodyWaits()) {
            threads.awaitTermination(25, TimeUnit.MILLISECONDS);
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

    private UUID stream(Vault of, PlayerId player) {
        return of.subjects(game, List.of(player)).values().stream()
                .findFirst()
                .orElseThrow()
                .pseudonym()
                .value();
    }
}
