package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.GameRows.GameRow;
import io.gamemetrics.infrastructure.privacy.SubjectRows.Known;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The vault in a PostgreSQL database of its own. Any number of processes may share it. */
public final class PostgresVault implements Vault {

    /** How long anything handed out may be used without asking the database again. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    private static final int MOST_LEASES = 65_536;
    private static final int REWRAPPED_AT_ONCE = 1_000;

    private final Transactions database;
    private final KeyDirectory directory;
    private final GameRows gameRows;
    private final SubjectRows subjectRows;
    private final Leases<GameId, GameRow> games;
    private final Leases<Integer, GameRow> gamesByNumber;
    private final Leases<Player, Known> players;
    private final Leases<UUID, DataKey> keys;

    private PostgresVault(DataSource database, KeyDirectory directory, LongSupplier nanoTime) {
        this.database = new Transactions(database);
        this.directory = directory;
        this.gameRows = new GameRows(directory);
        this.subjectRows = new SubjectRows(directory);
        this.games = new Leases<>(LEASE, MOST_LEASES, nanoTime);
        this.gamesByNumber = new Leases<>(LEASE, MOST_LEASES, nanoTime);
        this.players = new Leases<>(LEASE, MOST_LEASES, nanoTime);
        this.keys = new Leases<>(LEASE, MOST_LEASES, nanoTime);
    }

    /**
     * Opens the vault: brings the schema up to date and checks that the key directory is this vault's own. Keys are made
     * only when both are new.
     *
     * @throws KeysRefusedException when the directory does not hold this vault's keys
     * @throws VaultUnavailableException when the database does not answer
     */
    public static PostgresVault open(DataSource database, KeyDirectory directory) {
        return open(database, directory, System::nanoTime);
    }

    /** The same with another clock for the leases, like {@link System#nanoTime}. */
    static PostgresVault open(DataSource database, KeyDirectory directory, LongSupplier nanoTime) {
        migrate(database);
        PostgresVault vault = new PostgresVault(database, directory, nanoTime);
        vault.database.write(connection -> {
            KeyEpochRows.lock(connection);
            directory.fit(KeyEpochRows.read(connection));
            KeyEpochRows.add(connection, directory.checkValues());
            return true;
        });
        return vault;
    }

    /** Brings the schema up to date. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/vault")
                .table("vault_schema_history")
                .load()
                .migrate();
    }

    @Override
    public int gameNumber(GameId gameId) {
        GameRow leased = findGame(gameId);
        return (leased != null ? leased : database.write(connection -> gameRows.findOrCreate(connection, gameId)))
                .number();
    }

    @Override
    public Optional<Integer> findGameNumber(GameId gameId) {
        return Optional.ofNullable(findGame(gameId)).map(GameRow::number);
    }

    @Override
    public Optional<GameId> gameOf(int gameNumber) {
        return Optional.ofNullable(findGame(gameNumber)).map(GameRow::gameId);
    }

    @Override
    public Map<PlayerId, Subject> subjects(int gameNumber, Collection<PlayerId> playerIds) {
        Map<PlayerId, Subject> subjects = new HashMap<>();
        Set<PlayerId> missing = lookUp(gameNumber, playerIds, subjects);
        if (!missing.isEmpty()) {
            long before = players.now();
            database.write(connection -> subjectRows.findOrCreate(connection, gameNumber, missing))
                    .forEach(known -> subjects.put(known.subject().playerId(), leased(known, before)));
        }
        return subjects;
    }

    @Override
    public Map<PlayerId, Subject> findSubjects(int gameNumber, Collection<PlayerId> playerIds) {
        Map<PlayerId, Subject> subjects = new HashMap<>();
        lookUp(gameNumber, playerIds, subjects);
        return subjects;
    }

    @Override
    public Map<UUID, Subject> subjectsOf(Collection<UUID> streams) {
        if (streams.isEmpty()) {
            return Map.of();
        }
        long before = players.now();
        Map<UUID, Subject> subjects = new HashMap<>();
        database.read(connection -> subjectRows.byStream(connection, streams))
                .forEach((stream, known) -> subjects.put(stream, leased(known, before)));
        return subjects;
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
        GameRow game = findGame(gameNumber);
        if (game == null) {
            throw new IllegalArgumentException("the vault has no game with this number: " + gameNumber);
        }
        return gameRows.rejectionKey(game);
    }

    /**
     * Destroys the key of a player's stream and the way from the person to it. Here at once, elsewhere when leases are
     * over. The old row lies in the database's files until they are vacuumed and in its log until that is recycled.
     */
    public void destroy(UUID stream) {
        Collection<Subject> subjects = subjectsOf(Set.of(stream)).values();
        database.write(connection -> {
            subjectRows.destroy(connection, stream);
            return true;
        });
        subjects.forEach(subject -> players.end(new Player(subject.gameNumber(), subject.playerId())));
        keys.end(stream);
    }

    /** Begins a new epoch: a new key file, with which everything is wrapped from now on. */
    public short beginEpoch() {
        return database.write(connection -> {
            KeyEpochRows.lock(connection);
            short epoch = directory.beginEpoch();
            KeyEpochRows.add(connection, directory.checkValues());
            return epoch;
        });
    }

    /** Wraps every key anew that an older epoch wraps; afterwards the older epochs' files open nothing here. */
    public void rewrap() {
        database.write(connection -> {
            gameRows.rewrap(connection);
            return true;
        });
        while (database.write(connection -> subjectRows.rewrap(connection, REWRAPPED_AT_ONCE)) > 0) {
            // Each round is a transaction of its own, so that no lock is held for long.
        }
    }

    private Set<PlayerId> lookUp(int game, Collection<PlayerId> playerIds, Map<PlayerId, Subject> found) {
        Set<PlayerId> missing = new HashSet<>();
        for (PlayerId id : playerIds) {
            Known leased = players.get(new Player(game, id));
            if (leased == null) {
                missing.add(id);
            } else {
                found.put(id, leased.subject());
            }
        }
        if (!missing.isEmpty()) {
            long before = players.now();
            database.read(connection -> subjectRows.byPlayer(connection, game, missing))
                    .forEach(known -> found.put(known.subject().playerId(), leased(known, before)));
            missing.removeAll(found.keySet());
        }
        return missing;
    }

    private Subject leased(Known known, long readAtNanos) {
        Subject subject = known.subject();
        players.put(new Player(subject.gameNumber(), subject.playerId()), known, readAtNanos);
        keys.put(subject.pseudonym().value(), known.key(), readAtNanos);
        return subject;
    }

    private @Nullable GameRow findGame(GameId gameId) {
        GameRow leased = games.get(gameId);
        if (leased != null) {
            return leased;
        }
        long before = games.now();
        GameRow read = database.<@Nullable GameRow>read(connection -> gameRows.byId(connection, gameId));
        if (read != null) {
            games.put(gameId, read, before);
        }
        return read;
    }

    private @Nullable GameRow findGame(int number) {
        GameRow leased = gamesByNumber.get(number);
        if (leased != null) {
            return leased;
        }
        long before = gamesByNumber.now();
        GameRow read = database.<@Nullable GameRow>read(connection -> gameRows.byNumber(connection, number));
        if (read != null) {
            gamesByNumber.put(number, read, before);
        }
        return read;
    }

    private record Player(int game, PlayerId id) {}
}
