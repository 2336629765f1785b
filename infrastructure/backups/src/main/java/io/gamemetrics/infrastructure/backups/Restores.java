package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.privacy.CopiedVault;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import io.gamemetrics.infrastructure.privacy.VaultCopies;
import io.gamemetrics.infrastructure.privacy.VaultCopies.OpenRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Puts backups back. Everything that may be wrong with one is looked for first: a backup that is refused has changed nothing.
 * From the first change on it is written down that a restore {@linkplain UnfinishedRestores has begun}, and nobody opens the
 * stores until it has ended; whoever died in between does the same again. Every method throws {@link BackupRefusedException}
 * when it is refused, and the vault's exceptions where that, its keys or the ledger of erasures are not as they must be. Used by
 * one thread, while nobody uses the stores.
 */
public final class Restores {

    /** Whoever has just gone is there for a moment more. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();

    private final KeyDirectory keys;
    private final Path ledger;
    private final Clock clock;
    private final CopyWatcher watcher;

    /** @param ledger the folder of the ledger of erasures */
    public Restores(KeyDirectory keys, Path ledger, Clock clock, CopyWatcher watcher) {
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
        this.watcher = watcher;
    }

    /**
     * An event store that was put back.
     *
     * @param returning requests of data subjects that are open and not in it: the platform gives their events back to it
     * @param lost those of which nobody has the events: they have to be made again
     */
    public record EventsPutBack(Manifest manifest, List<UUID> returning, List<UUID> lost) {}

    /**
     * A vault that was put back.
     *
     * @param strange epochs that have a file in the key directory and that neither the backup nor the vault before it knows:
     *     they wrap nothing
     */
    public record VaultPutBack(Manifest manifest, Set<Short> strange) {}

    /** What has to be done before a vault is put back. */
    public interface Before {
        /** May be done again. Whatever it throws ends the restore with the vault as it was. */
        void run() throws Exception;
    }

    /**
     * Puts an event store back, to be read with the vault as it is now. That hears of every erasure first. It has not ended
     * before the store has begun a new life: {@link Step#RECONCILIATION}.
     *
     * @param store an empty database, or one that this was begun with
     * @param replace whether what the database holds is given up
     * @param actor who wants it, for the audit
     */
    public EventsPutBack events(Path folder, DataSource store, DataSource vault, boolean replace, String actor) {
        BackupFolder backup = new BackupFolder(folder);
        UnfinishedRestores unfinished = new UnfinishedRestores(vault);
        unfinished.find(Step.VAULT).ifPresent(half -> {
            throw new BackupRefusedException(half.sentence() + " Nothing was changed.");
        });
        boolean givenUp = replace || unfinished.find(Step.EVENTS).isPresent();
        Refilled refilled = checked(backup, BackupKind.EVENTS, store, givenUp);
        VaultCopies copies = new VaultCopies(vault, keys);
        // A new one would be opened with the keys that are there, and know nobody.
        if (copies.isNone()) {
            throw new BackupRefusedException("There is no vault in its database, and nothing in the backup in " + folder
                    + " could be read without it: restore the vault first. Nothing was changed.");
        }
        PostgresVault.migrate(vault);
        copies.hear(ledger);
        copies.note("restore.events", actor);
        unfinished.begin(Step.EVENTS, backup.named());
        refilled.fill(givenUp);
        List<OpenRequest> missing = missing(copies.openRequests(), store);
        List<UUID> lost = requests(missing, false);
        lost.forEach(copies::keepLost);
        unfinished.follow(Step.EVENTS, Step.RECONCILIATION, backup.named());
        return new EventsPutBack(refilled.manifest(), requests(missing, true), lost);
    }

    private static List<OpenRequest> missing(List<OpenRequest> open, DataSource store) {
        try (Connection connection = store.getConnection()) {
            Set<UUID> there = Tables.streams(
                    connection, open.stream().map(OpenRequest::request).toList());
            return open.stream().filter(one -> !there.contains(one.request())).toList();
        } catch (SQLException e) {
            throw new BackupRefusedException(
                    "The event store was put back and can't be asked for requests (sqlState=" + e.getSQLState()
                            + "): put it back again.",
                    e);
        }
    }

    private static List<UUID> requests(List<OpenRequest> missing, boolean isKept) {
        return missing.stream()
                .filter(one -> one.isKept() == isKept)
                .map(OpenRequest::request)
                .toList();
    }

    /**
     * Puts a vault back and has it hear of every erasure since. Whoever was made since is lost with all their events.
     *
     * @param vault an empty database, or one that this was begun with
     * @param replace whether what the database holds is given up
     * @param actor who wants it, for the audit
     * @param before done when nothing speaks against it any more, and nobody can open the stores
     */
    public VaultPutBack vault(Path folder, DataSource vault, boolean replace, String actor, Before before) {
        BackupFolder backup = new BackupFolder(folder);
        UnfinishedRestores unfinished = new UnfinishedRestores(vault);
        boolean givenUp = replace || unfinished.find(Step.VAULT).isPresent();
        Refilled refilled = checked(backup, BackupKind.VAULT, vault, givenUp);
        Manifest manifest = refilled.manifest();
        Instant now = clock.instant();
        if (manifest.isOver(now)) {
            throw new BackupRefusedException("The backup in " + folder + " was over at " + manifest.expiresAt()
                    + ": take a later one. Nothing was changed.");
        }
        VaultCopies copies = new VaultCopies(vault, keys);
        List<Short> missing = copies.missing(manifest.epochs() == null ? Set.of() : manifest.epochs());
        if (!missing.isEmpty()) {
            throw new BackupRefusedException("The backup in " + folder + " needs the keys of epochs " + missing
                    + ", which were destroyed or are not in the key directory: no payload could be read with it."
                    + " Take a later one. Nothing was changed.");
        }
        CopiedVault known = copies.requireFit(ledger, CopiedVaults.of(backup, manifest), unfinished.givenUp());
        unfinished.beginVault(backup.named(), known);
        run(before);
        refilled.fill(givenUp);
        Set<Short> strange = copies.putBack(ledger, now.plus(Backups.LONGEST_VAULT_LIFE), known.checks());
        copies.note("restore.vault", actor);
        unfinished.end(Step.VAULT);
        return new VaultPutBack(manifest, strange);
    }

    private static void run(Before before) {
        try {
            before.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BackupRefusedException(
                    "What comes before the vault is put back failed (" + e + "): mend that, and put it back again. The"
                            + " vault was not changed.",
                    e);
        }
    }

    private Refilled checked(BackupFolder backup, BackupKind of, DataSource into, boolean givenUp) {
        Manifest manifest = backup.manifest();
        if (manifest.of() != of) {
            throw new BackupRefusedException("The backup in " + backup.path() + " is one of the "
                    + manifest.of().word() + ", not of the " + of.word() + ". Nothing was changed.");
        }
        if (!manifest.keys().equals(keys.fingerprint())) {
            throw new BackupRefusedException("The backup in " + backup.path() + " belongs to other keys than those of "
                    + "this key directory, and nothing in it could be read. Nothing was changed.");
        }
        Refilled refilled = new Refilled(backup, manifest, into, watcher);
        refilled.requireKnownSchema();
        Verification.read(backup, watcher);
        try (Connection connection = into.getConnection()) {
            if (!givenUp && Tables.count(connection) > 0) {
                throw new BackupRefusedException("The database of the " + of.word() + " is not empty: name an empty"
                        + " one, or say --replace to give up what it holds. Nothing was changed.");
            }
            long others = others(connection);
            for (long began = System.nanoTime();
                    others > 0 && System.nanoTime() - began < PATIENCE_NANOS;
                    others = others(connection)) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            if (others > 0) {
                throw new BackupRefusedException("The database of the " + of.word() + " is in use by " + others
                        + " connections: stop the platform first. Nothing was changed.");
            }
        } catch (SQLException e) {
            throw new BackupRefusedException(
                    "The database of the " + of.word() + " does not answer (sqlState=" + e.getSQLState() + ").", e);
        }
        return refilled;
    }

    private static long others(Connection connection) throws SQLException {
        return Tables.number(
                connection,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }
}
