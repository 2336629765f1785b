package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.GameRows.GameRow;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The vault in a PostgreSQL database of its own. Any number of processes may share it. */
public final class PostgresVault implements Vault {

    /** How long anything handed out may be used without asking the database again. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    /** Where its tables' migrations lie, for Flyway. */
    public static final String SCHEMA = "classpath:db/vault";

    /** The table that says which of them were made. */
    public static final String SCHEMA_HISTORY = "vault_schema_history";

    private static final int MOST_LEASES = 65_536;

    private final Transactions database;
    private final KeyDirectory directory;
    private final GameRows gameRows;
    private final SubjectRows subjectRows;
    private final Games games;
    private final Leases<UUID, DataKey> keys;
    private final Players players;
    private final Erasures erasures;
    private final RequestSecrets requestSecrets;
    private final AuditChain audit;
    private final KeyEpochs keyEpochs;

    private PostgresVault(DataSource database, KeyDirectory directory, Path ledger, LongSupplier nanoTime) {
        this.database = new Transactions(database);
        this.directory = directory;
        this.gameRows = new GameRows(directory);
        this.subjectRows = new SubjectRows(directory);
        this.games = new Games(this.database, gameRows, MOST_LEASES, nanoTime);
        this.keys = new Leases<>(LEASE, MOST_LEASES, nanoTime);
        this.players = new Players(this.database, subjectRows, keys, MOST_LEASES, nanoTime);
        this.erasures =
                new Erasures(this.database, directory, new ErasureLedger(ledger, directory), players::end, keys::end);
        this.requestSecrets = new RequestSecrets(this.database, directory);
        this.audit = new AuditChain(this.database, directory);
        this.keyEpochs = new KeyEpochs(this.database, directory, gameRows, requestSecrets);
    }

    /** The same, which asks for each key anew. */
    private PostgresVault(PostgresVault leasing) {
        this.database = leasing.database;
        this.directory = leasing.directory;
        this.gameRows = leasing.gameRows;
        this.subjectRows = leasing.subjectRows;
        this.games = leasing.games;
        this.keys = new Leases<>(Duration.ZERO, 0, System::nanoTime);
        this.players = leasing.players;
        this.erasures = leasing.erasures;
        this.requestSecrets = leasing.requestSecrets;
        this.audit = leasing.audit;
        this.keyEpochs = leasing.keyEpochs;
    }

    /**
     * Opens the vault: brings the schema up to date and checks that the key directory is this vault's own. Keys are made
     * only when both are new. The ledger of erasures lies in the key directory's folder {@code ledger}.
     *
     * @throws KeysRefusedException when the directory does not hold this vault's keys, or the ledger is not its own
     * @throws UnfinishedRestoreException when a store began to be put back, and that did not end
     * @throws VaultUnavailableException when the database does not answer
     */
    public static PostgresVault open(DataSource database, KeyDirectory directory) {
        return open(database, directory, directory.ledgerFolder(""));
    }

    /**
     * The same with the ledger of erasures in another folder. What it has and the vault has not, because the vault was
     * restored to older data, is done again before anything is handed out.
     */
    public static PostgresVault open(DataSource database, KeyDirectory directory, Path ledger) {
        return open(database, directory, ledger, System::nanoTime);
    }

    /** The same with another clock for the leases, like {@link System#nanoTime}. */
    static PostgresVault open(DataSource database, KeyDirectory directory, LongSupplier nanoTime) {
        return open(database, directory, directory.ledgerFolder(""), nanoTime);
    }

    private static PostgresVault open(DataSource database, KeyDirectory directory, Path ledger, LongSupplier nanoTime) {
        new UnfinishedRestores(database).requireNone();
        migrate(database);
        PostgresVault vault = new PostgresVault(database, directory, ledger, nanoTime);
        vault.database.write(connection -> {
            KeyEpochRows.lock(connection);
            KeyEpochRows.fit(connection, directory);
            return true;
        });
        vault.erasures.catchUp();
        return vault;
    }

    /** Brings the schema up to date. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations(SCHEMA)
                .table(SCHEMA_HISTORY)
                .load()
                .migrate();
    }

    @Override
    public int gameNumber(GameId gameId) {
        GameRow leased = games.find(gameId);
        return (leased != null ? leased : database.write(connection -> gameRows.findOrCreate(connection, gameId)))
                .number();
    }

    @Override
    public Optional<Integer> findGameNumber(GameId gameId) {
        return Optional.ofNullable(games.find(gameId)).map(GameRow::number);
    }

    @Override
    public Optional<GameId> gameOf(int gameNumber) {
        return Optional.ofNullable(games.find(gameNumber)).map(GameRow::gameId);
    }

    @Override
    public Map<PlayerId, Standing> admit(int gameNumber, Collection<PlayerId> playerIds) {
        return players.admit(gameNumber, playerIds);
    }

    @Override
    public Map<PlayerId, Standing> standings(int gameNumber, Collection<PlayerId> playerIds) {
        return players.standings(gameNumber, playerIds);
    }

    @Override
    public Set<PlayerId> erasedNow(int gameNumber, Collection<PlayerId> playerIds) {
        return players.erasedNow(gameNumber, playerIds);
    }

    @Override
    public Map<PlayerId, Subject> findSubjects(int gameNumber, Collection<PlayerId> playerIds) {
        return players.subjects(gameNumber, playerIds);
    }

    @Override
    public Map<UUID, Subject> subjectsOf(Collection<UUID> streams) {
        return players.ofStreams(streams);
    }

    @Override
    public Map<UUID, DataKey> keys(Collection<UUID> streams) {
        Map<UUID, DataKey> found = new HashMap<>();
        Set<UUID> missing = new LinkedHashSet<>();
        for (UUID stream : streams) {
            DataKey leased = keys.get(stream);
            if (leased == null) {
                missing.add(stream);
            } else {
                found.put(stream, leased);
            }
        }
        if (!missing.isEmpty()) {
            long before = keys.now();
            Map<UUID, DataKey> read = database.read(connection -> {
                Map<UUID, DataKey> ofPlayers = subjectRows.keysOf(connection, missing);
                missing.removeAll(ofPlayers.keySet());
                if (!missing.isEmpty()) {
                    ofPlayers.putAll(gameRows.keysOf(connection, missing));
                }
                return ofPlayers;
            });
            read.forEach((stream, key) -> keys.put(stream, key, before));
            found.putAll(read);
        }
        return found;
    }

    /** This vault, but for {@link #keys}: those are as they are now. For who must not see what was erased a moment ago. */
    public Vault withoutLeases() {
        return new PostgresVault(this);
    }

    @Override
    public Set<UUID> erased(Collection<UUID> streams) {
        return streams.isEmpty() ? Set.of() : database.read(connection -> subjectRows.erased(connection, streams));
    }

    @Override
    public Map<UUID, DataKey> gameKeysOf(Collection<UUID> streams) {
        return streams.isEmpty()
                ? Map.of()
                : database.read(connection -> gameRows.keysOfPlayersGames(connection, streams));
    }

    @Override
    public void gameStreams(int gameNumber, Collection<UUID> streams) {
        database.write(connection -> {
            gameRows.addStreams(connection, gameNumber, streams);
            return true;
        });
    }

    @Override
    public DataKey rejectionKey(int gameNumber) {
        return games.rejectionKey(gameNumber, directory);
    }

    /**
     * Destroys the key of a player's stream and the way from the person to it. Here at once, elsewhere when leases are
     * over. The old row lies in the database's files until they are vacuumed and in its log until that is recycled.
     * No erasure: whoever sends under the same id again is somebody new, and a restored vault has the key again. {@link
     * #erasures} is for good.
     */
    public void destroy(UUID stream) {
        Collection<Subject> subjects = subjectsOf(Set.of(stream)).values();
        database.write(connection -> {
            subjectRows.destroy(connection, stream);
            return true;
        });
        subjects.forEach(subject -> players.end(subject.gameNumber(), subject.playerId()));
        keys.end(stream);
    }

    /** What erasures do to this vault. */
    public Erasures erasures() {
        return erasures;
    }

    /** What is gathered of data subjects for themselves. */
    public ExportSecrets exportSecrets() {
        return new ExportSecrets(requestSecrets());
    }

    /** What is kept of erased players for a while. */
    public KeptRecords keptRecords() {
        return new KeptRecords(database, directory, requestSecrets);
    }

    /** What requests of data subjects have to know until they are over. */
    public RequestSecrets requestSecrets() {
        return requestSecrets;
    }

    /** What is remembered of the searches for their subjects. */
    public SearchMarks searchMarks() {
        return new SearchMarks(database, requestSecrets);
    }

    /** How far they are. */
    public RequestStandings requestStandings() {
        return new RequestStandings(database);
    }

    /** How they ended. */
    public RequestEndings requestEndings() {
        return new RequestEndings(database);
    }

    /** What was done for data subjects. */
    public AuditChain audit() {
        return audit;
    }

    /** The proofs of requests that were completed. */
    public Certificates certificates() {
        return new Certificates(database);
    }

    /** What signs them; {@link KeysRefusedException} when there is no key to sign with and none can be made. */
    public Signer signer() {
        return directory.signer();
    }

    /** The epochs of the key that wraps all others. */
    public KeyEpochs keyEpochs() {
        return keyEpochs;
    }
}
