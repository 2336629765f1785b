package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.GameRows.GameRow;
import io.gamemetrics.infrastructure.privacy.SubjectRows.Known;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the vault another process has opened. {@code SELECT} on its tables is all its database user needs. Neither the
 * database nor the keys need be there when it is made; whether they belong together is checked before the first answer.
 */
public final class PostgresVaultReader implements VaultReader {

    private static final int MOST_LEASES = 65_536;

    private final Transactions database;
    private final KeyDirectory directory;
    private final GameRows gameRows;
    private final SubjectRows subjectRows;
    private final Leases<GameId, Integer> games;
    private final Leases<Player, Known> byPlayer;
    private final Leases<Pseudonym, Known> byPseudonym;
    private final HeardLedger ledger;
    private volatile boolean fits;

    /** Reads this database with the keys of this directory, in whose folder {@code ledger} the ledger of erasures lies. */
    public PostgresVaultReader(DataSource database, KeyDirectory directory) {
        this(database, directory, directory.ledgerFolder(""));
    }

    /** The same with the ledger of erasures in another folder. */
    public PostgresVaultReader(DataSource database, KeyDirectory directory, Path ledger) {
        this(database, directory, ledger, System::nanoTime);
    }

    /** The same with another clock for the leases, like {@link System#nanoTime}. */
    PostgresVaultReader(DataSource database, KeyDirectory directory, Path ledger, LongSupplier nanoTime) {
        this.database = new Transactions(database);
        this.directory = directory;
        this.gameRows = new GameRows(directory);
        this.subjectRows = new SubjectRows(directory);
        this.ledger = new HeardLedger(this.database, new ErasureLedger(ledger, directory), nanoTime);
        this.games = new Leases<>(PostgresVault.LEASE, MOST_LEASES, nanoTime);
        this.byPlayer = new Leases<>(PostgresVault.LEASE, MOST_LEASES, nanoTime);
        this.byPseudonym = new Leases<>(PostgresVault.LEASE, MOST_LEASES, nanoTime);
    }

    /**
     * Checks now that the key directory is this vault's own, and that the vault has heard of every erasure: one that was
     * put back to older data still knows who was erased since, until a process that may write has opened it.
     *
     * @throws KeysRefusedException when it does not hold this vault's keys, or the ledger of erasures is not the vault's own
     * @throws VaultUnavailableException when the database does not answer, nobody has opened the vault yet, or it has not
     *     heard of every erasure
     */
    public void requireKeys() {
        if (!fits) {
            Map<Short, byte[]> known = database.read(KeyEpochRows::read);
            if (known.isEmpty()) {
                throw new VaultUnavailableException("nobody has opened the vault yet");
            }
            directory.requireFit(known);
            fits = true;
        }
        ledger.requireHeard();
    }

    @Override
    public Optional<Pseudonym> find(GameId game, PlayerId player) {
        requireKeys();
        Integer number = number(game);
        if (number == null) {
            return Optional.empty();
        }
        Known leased = byPlayer.get(new Player(number, player));
        if (leased != null) {
            return Optional.of(leased.subject().pseudonym());
        }
        long before = byPlayer.now();
        HashedIds hashed = subjectRows.hashed(number, List.of(player));
        return database.read(connection -> subjectRows.byPlayer(connection, hashed)).stream()
                .findFirst()
                .map(known -> leased(known, before).subject().pseudonym());
    }

    @Override
    public Map<Pseudonym, Identity> identities(GameId game, Collection<Pseudonym> pseudonyms) {
        requireKeys();
        Integer number = number(game);
        Map<Pseudonym, Identity> found = new HashMap<>();
        if (number == null) {
            return found;
        }
        Set<UUID> missing = new HashSet<>();
        for (Pseudonym pseudonym : pseudonyms) {
            Known leased = byPseudonym.get(pseudonym);
            if (leased == null) {
                missing.add(pseudonym.value());
            } else {
                add(found, number, leased);
            }
        }
        if (!missing.isEmpty()) {
            long before = byPseudonym.now();
            database.read(connection -> subjectRows.byStream(connection, missing))
                    .values()
                    .forEach(known -> add(found, number, leased(known, before)));
        }
        return found;
    }

    private static void add(Map<Pseudonym, Identity> found, int game, Known known) {
        if (known.subject().gameNumber() == game) {
            found.put(known.subject().pseudonym(), new Identity(known.subject().playerId(), known.key()));
        }
    }

    private Known leased(Known known, long readAtNanos) {
        byPlayer.put(new Player(known.subject().gameNumber(), known.subject().playerId()), known, readAtNanos);
        byPseudonym.put(known.subject().pseudonym(), known, readAtNanos);
        return known;
    }

    private @Nullable Integer number(GameId game) {
        Integer leased = games.get(game);
        if (leased != null) {
            return leased;
        }
        long before = games.now();
        GameRow read = database.<@Nullable GameRow>read(connection -> gameRows.byId(connection, game));
        if (read == null) {
            return null;
        }
        games.put(game, read.number(), before);
        return read.number();
    }

    private record Player(int game, PlayerId id) {}
}
