package io.gamemetrics.infrastructure.privacy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresVaultTest {

    private static final AtomicInteger GAMES = new AtomicInteger();
    private static final PlayerId ANNA = new PlayerId("anna@example.org");

    @TempDir
    static Path folder;

    private static final HikariDataSource DATABASE = new HikariDataSource();

    private final AtomicLong nanos = new AtomicLong();
    private final GameId intendo = new GameId("intendo-" + GAMES.incrementAndGet());
    private final PostgresVault vault = another();

    @BeforeAll
    static void create() {
        DATABASE.setJdbcUrl(TestPostgres.newDatabase());
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private PostgresVault another() {
        return PostgresVault.open(DATABASE, KeyDirectory.at(folder.resolve("keys")), nanos::get);
    }

    private void passSeconds(long seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void aPlayerKeepsPseudonymAndNumber() {
        int game = vault.gameNumber(intendo);
        Subject anna = subject(vault, game, ANNA);

        assertThat(subject(vault, game, ANNA)).isEqualTo(anna);
        assertThat(subject(another(), game, ANNA)).isEqualTo(anna);
        assertThat(anna.playerNumber()).isZero();
        assertThat(vault.subjectsOf(List.of(anna.pseudonym().value())))
                .containsEntry(anna.pseudonym().value(), anna);
    }

    @Test
    void aPlayerOfTwoGamesIsTwoSubjects() {
        Subject here = subject(vault, vault.gameNumber(intendo), ANNA);
        Subject there = subject(vault, vault.gameNumber(new GameId(intendo + "-other")), ANNA);

        assertThat(there.pseudonym()).isNotEqualTo(here.pseudonym());
        assertThat(there.playerNumber()).isZero();
    }

    @Test
    void lookingAPlayerUpMakesNone() {
        int game = vault.gameNumber(intendo);

        assertThat(vault.findSubjects(game, List.of(ANNA))).isEmpty();
        assertThat(vault.findGameNumber(new GameId(intendo + "-other"))).isEmpty();
        assertThat(vault.gameOf(game)).contains(intendo);
        assertThat(vault.gameOf(7_000)).isEmpty();
    }

    @Test
    void aGameNobodyMadeIsRefused() {
        assertThatThrownBy(() -> vault.subjects(7_000, List.of(ANNA))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.rejectionKey(7_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gamesMadeAtOnceGetDenseNumbers() throws Exception {
        List<PostgresVault> replicas = List.of(another(), another(), another(), another());

        List<List<Integer>> numbers = atOnce(replicas, replica -> IntStream.range(0, 20)
                .mapToObj(n -> replica.gameNumber(new GameId(intendo + "-" + n)))
                .toList());

        assertThat(Set.copyOf(numbers)).as("all replicas were told the same").hasSize(1);
        int first = Collections.min(numbers.getFirst());
        assertThat(numbers.getFirst())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(first, first + 20).boxed().toList());
    }

    @Test
    void playersMadeAtOnceByReplicasAreTheSameAndTheirNumbersDense() throws Exception {
        int game = vault.gameNumber(intendo);
        List<PostgresVault> replicas = List.of(another(), another(), another(), another());
        List<PlayerId> players = IntStream.range(0, 2_000)
                .mapToObj(n -> new PlayerId("player-" + n))
                .toList();

        // Each begins somewhere else, so that groups overlap in part.
        AtomicLong start = new AtomicLong();
        List<Map<PlayerId, Subject>> seen = atOnce(replicas, replica -> {
            int from = (int) start.getAndAdd(500);
            Map<PlayerId, Subject> all = new HashMap<>();
            for (int group = 0; group < 10; group++) {
                List<PlayerId> some = new ArrayList<>();
                for (int n = 0; n < 200; n++) {
                    some.add(players.get((from + group * 200 + n) % players.size()));
                }
                all.putAll(replica.subjects(game, some));
            }
            return all;
        });

        assertThat(Set.copyOf(seen)).as("all replicas were told the same").hasSize(1);
        Collection<Subject> subjects = seen.getFirst().values();
        assertThat(subjects.stream().map(Subject::playerNumber).sorted().toList())
                .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        assertThat(subjects.stream().map(Subject::pseudonym).collect(toSet())).hasSize(2_000);
    }

    @Test
    void aStreamsKeyIsTheSameInEveryReplicaAndNoOthers() {
        int game = vault.gameNumber(intendo);
        UUID anna = subject(vault, game, ANNA).pseudonym().value();
        UUID bert = subject(vault, game, new PlayerId("bert")).pseudonym().value();
        UUID settings = UUID.randomUUID();
        UUID errors = UUID.randomUUID();
        vault.gameStreams(game, List.of(settings, errors));
        vault.gameStreams(game, List.of(settings, errors));

        Map<UUID, DataKey> keys = another().keys(List.of(anna, bert, settings, errors, UUID.randomUUID()));

        assertThat(keys).containsOnlyKeys(anna, bert, settings, errors);
        assertThat(keys).containsAllEntriesOf(vault.keys(List.of(anna, bert, settings, errors)));
        assertThat(key(keys, anna).encryption()).isNotEqualTo(key(keys, bert).encryption());
        assertThat(key(keys, settings).encryption()).isEqualTo(key(keys, errors).encryption());
        assertThat(key(keys, settings).playerNumber()).isEqualTo(-1);
        assertThat(keys.values()).allMatch(key -> key.gameNumber() == game);
        assertThat(vault.rejectionKey(game)).isEqualTo(another().rejectionKey(game));
        assertThat(vault.rejectionKey(game).encryption())
                .isNotEqualTo(key(keys, settings).encryption());
    }

    @Test
    void aDestroyedKeyIsGoneHereAtOnceAndElsewhereWhenTheLeaseIsOver() {
        int game = vault.gameNumber(intendo);
        UUID stream = subject(vault, game, ANNA).pseudonym().value();
        PostgresVault replica = another();
        assertThat(replica.keys(List.of(stream))).hasSize(1);
        assertThat(replica.findSubjects(game, List.of(ANNA))).hasSize(1);

        vault.destroy(stream);

        assertThat(vault.keys(List.of(stream))).isEmpty();
        assertThat(vault.findSubjects(game, List.of(ANNA))).isEmpty();
        assertThat(vault.subjectsOf(List.of(stream))).isEmpty();
        passSeconds(9);
        assertThat(replica.keys(List.of(stream))).as("leased").hasSize(1);
        assertThat(replica.withoutLeases().keys(List.of(stream))).as("asked").isEmpty();
        passSeconds(2);
        assertThat(replica.keys(List.of(stream))).isEmpty();
        assertThat(replica.findSubjects(game, List.of(ANNA))).isEmpty();
        assertThat(replica.erased(List.of(stream, UUID.randomUUID()))).containsExactly(stream);
    }

    @Test
    void theKeyOfAPlayersGameIsThereWhenTheirOwnIsDestroyed() {
        int game = vault.gameNumber(intendo);
        Subject anna = subject(vault, game, ANNA);
        UUID stream = anna.pseudonym().value();
        UUID settings = UUID.randomUUID();
        vault.gameStreams(game, List.of(settings));
        vault.destroy(stream);

        Map<UUID, DataKey> found = another().gameKeysOf(List.of(stream, settings, UUID.randomUUID()));

        assertThat(found).containsOnlyKeys(stream);
        assertThat(key(found, stream).encryption())
                .isEqualTo(key(vault.keys(List.of(settings)), settings).encryption());
        assertThat(key(found, stream).playerNumber()).isEqualTo(anna.playerNumber());
        assertThat(key(found, stream).gameNumber()).isEqualTo(game);
    }

    @Test
    void usingALeaseDoesNotProlongIt() {
        int game = vault.gameNumber(intendo);
        UUID stream = subject(vault, game, ANNA).pseudonym().value();
        PostgresVault replica = another();
        replica.keys(List.of(stream));
        vault.destroy(stream);

        for (int second = 0; second < 9; second++) {
            passSeconds(1);
            assertThat(replica.keys(List.of(stream))).hasSize(1);
        }
        passSeconds(1);
        assertThat(replica.keys(List.of(stream))).isEmpty();
    }

    @Test
    void aPlayerWhoComesBackAfterErasureIsSomeoneElse() {
        int game = vault.gameNumber(intendo);
        Subject before = subject(vault, game, ANNA);
        vault.destroy(before.pseudonym().value());

        Subject after = subject(vault, game, ANNA);

        assertThat(after.pseudonym()).isNotEqualTo(before.pseudonym());
        assertThat(after.playerNumber()).isEqualTo(1);
    }

    @Test
    void creatorsThatAreCutOffLeaveNothingHalfAndHoldNobodyUp() throws Exception {
        int game = vault.gameNumber(intendo);
        try (var stuck = DriverManager.getConnection(DATABASE.getJdbcUrl())) {
            int pid = backendOf(stuck);
            stuck.setAutoCommit(false);
            SubjectRows rows = new SubjectRows(KeyDirectory.at(folder.resolve("keys")));
            rows.findOrCreate(stuck, rows.hashed(game, List.of(ANNA, new PlayerId("bert"))));
            try (var other = DATABASE.getConnection();
                    var kill = other.prepareStatement("SELECT pg_terminate_backend(?)")) {
                kill.setInt(1, pid);
                kill.execute();
            }
            assertThat(subject(vault, game, ANNA).playerNumber()).isZero();
        }
        assertThat(vault.findSubjects(game, List.of(new PlayerId("bert")))).isEmpty();
    }

    @Test
    void whatOneGamesRejectionKeySealedNoOthersOpens() throws Exception {
        int game = vault.gameNumber(intendo);
        int other = vault.gameNumber(new GameId(intendo + "-other"));
        byte[] context = {1};
        byte[] sealed = new Envelope().seal(vault.rejectionKey(game).encryption(), context, new byte[] {1, 2, 3});

        assertThat(new Envelope().open(another().rejectionKey(game).encryption(), context, sealed))
                .containsExactly(1, 2, 3);
        assertThatThrownBy(() -> new Envelope().open(vault.rejectionKey(other).encryption(), context, sealed))
                .isInstanceOf(UnreadableEnvelopeException.class);
    }

    @Test
    void anEpochBegunLaterOpensEverythingAfterRewrapping() throws Exception {
        int game = vault.gameNumber(intendo);
        UUID anna = subject(vault, game, ANNA).pseudonym().value();
        UUID settings = UUID.randomUUID();
        vault.gameStreams(game, List.of(settings));
        Map<UUID, DataKey> before = vault.keys(List.of(anna, settings));
        DataKey rejection = vault.rejectionKey(game);
        PostgresVault replica = another();

        short epoch = vault.keyEpochs().begin();
        assertThat(folder.resolve("keys/epoch-%04d.key".formatted(epoch))).exists();
        UUID bert = subject(vault, game, new PlayerId("bert")).pseudonym().value();
        assertThat(replica.keys(List.of(anna, bert)))
                .as("a replica that started earlier")
                .hasSize(2);
        assertThat(vault.keyEpochs().rewrap(null).next()).isNull();
        passSeconds(16);

        Path first = folder.resolve("keys/epoch-0001.key");
        Path away = folder.resolve("away");
        Files.move(first, away);
        assertThat(vault.keys(List.of(anna, settings))).isEqualTo(before);
        assertThat(vault.rejectionKey(game)).isEqualTo(rejection);
        assertThatThrownBy(this::another).hasMessageContaining("the key of epoch 1");
        Files.move(away, first);
    }

    @Test
    void aDatabaseThatFailsIsSaidWithoutItsValues() throws Exception {
        int game = vault.gameNumber(intendo);
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE subject ADD CONSTRAINT refusing CHECK (game <> " + game + ")");
        }

        assertThatThrownBy(() -> vault.subjects(game, List.of(ANNA)))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessage("the vault's database failed: sqlState=23514")
                .hasNoCause();
    }

    private static int backendOf(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Subject subject(Vault vault, int game, PlayerId player) {
        return Objects.requireNonNull(vault.subjects(game, List.of(player)).get(player));
    }

    private static DataKey key(Map<UUID, DataKey> keys, UUID stream) {
        return Objects.requireNonNull(keys.get(stream));
    }

    private interface Task<T> {
        T on(PostgresVault replica);
    }

    private static <T> List<T> atOnce(List<PostgresVault> replicas, Task<T> task) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(replicas.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas.size())) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (PostgresVault replica : replicas) {
                tasks.add(() -> {
                    barrier.await();
                    return task.on(replica);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
