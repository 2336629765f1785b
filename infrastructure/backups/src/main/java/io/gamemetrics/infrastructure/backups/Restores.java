package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.backups.Manifest.CopiedTable;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.VaultCopies;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/**
 * Puts backups back. Everything that may be wrong with one is looked for first: a backup that is refused has changed nothing.
 * Every method throws {@link BackupRefusedException} when it is refused, and the vault's exceptions where that, its keys or
 * the ledger of erasures are not as they must be. Used by one thread, while nobody uses the stores.
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
     * Puts an event store back, to be read with the vault as it is now. That hears of every erasure first.
     *
     * @param store an empty database
     * @param replace whether what the database holds is given up
     * @param actor who wants it, for the audit
     */
    public Manifest events(Path folder, DataSource store, DataSource vault, boolean replace, String actor) {
        BackupFolder backup = new BackupFolder(folder);
        Manifest manifest = checked(backup, BackupKind.EVENTS, store, replace);
        PostgresVault current = PostgresVault.open(vault, keys, ledger);
        current.audit().append("restore.events", null, null, actor);
        put(backup, manifest, store, replace);
        return manifest;
    }

    /**
     * Puts a vault back and has it hear of every erasure since. Whoever was made since is lost with all their events.
     *
     * @param vault an empty database
     * @param replace whether what the database holds is given up
     * @param actor who wants it, for the audit
     */
    public Manifest vault(Path folder, DataSource vault, boolean replace, String actor) {
        BackupFolder backup = new BackupFolder(folder);
        Manifest manifest = checked(backup, BackupKind.VAULT, vault, replace);
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
        copies.requireFit(ledger, CopiedVaults.of(backup, manifest));
        put(backup, manifest, vault, replace);
        copies.putBack(ledger, now.plus(Backups.LONGEST_VAULT_LIFE));
        copies.note("restore.vault", actor);
        return manifest;
    }

    private Manifest checked(BackupFolder backup, BackupKind of, DataSource into, boolean replace) {
        Manifest manifest = backup.manifest();
        if (manifest.of() != of) {
            throw new BackupRefusedException("The backup in " + backup.path() + " is one of the "
                    + manifest.of().word() + ", not of the " + of.word() + ". Nothing was changed.");
        }
        if (!manifest.keys().equals(keys.fingerprint())) {
            throw new BackupRefusedException("The backup in " + backup.path() + " belongs to other keys than those of "
                    + "this key directory, and nothing in it could be read. Nothing was changed.");
        }
        refuseUnknownSchema(backup, manifest, into);
        Verification.read(backup, watcher);
        try (Connection connection = into.getConnection()) {
            if (!replace && Tables.count(connection) > 0) {
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
        return manifest;
    }

    private static long others(Connection connection) throws SQLException {
        return Tables.number(
                connection,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    private static void refuseUnknownSchema(BackupFolder backup, Manifest manifest, DataSource into) {
        MigrationVersion schema = MigrationVersion.fromVersion(manifest.schema());
        for (MigrationInfo known :
                flyway(manifest, into, MigrationVersion.LATEST).info().all()) {
            if (schema.equals(known.getVersion())) {
                return;
            }
        }
        throw new BackupRefusedException("The backup in " + backup.path() + " was made by a newer program (schema "
                + schema + "): put it back with that one. Nothing was changed.");
    }

    private static Flyway flyway(Manifest manifest, DataSource into, MigrationVersion target) {
        return Flyway.configure()
                .dataSource(into)
                .locations(manifest.of().schema())
                .table(manifest.of().history())
                .target(target)
                .cleanDisabled(false)
                .load();
    }

    private void put(BackupFolder backup, Manifest manifest, DataSource into, boolean replace) {
        try {
            Flyway asItWas = flyway(manifest, into, MigrationVersion.fromVersion(manifest.schema()));
            if (replace) {
                asItWas.clean();
            }
            asItWas.migrate();
            try (Connection connection = into.getConnection()) {
                connection.setAutoCommit(false);
                fill(backup, manifest, connection);
                connection.commit();
            }
            flyway(manifest, into, MigrationVersion.LATEST).migrate();
            try (Connection connection = into.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
        } catch (SQLException | IOException | FlywayException e) {
            throw new BackupRefusedException(
                    "The backup in " + backup.path() + " was not put back ("
                            + (e instanceof SQLException sql ? "sqlState=" + sql.getSQLState() : e.toString())
                            + "): mend that, and put it back again with --replace.",
                    e);
        }
    }

    private void fill(BackupFolder backup, Manifest manifest, Connection connection) throws SQLException, IOException {
        // The rows that making the tables has made. Most tables refuse to be emptied, and have none.
        for (CopiedTable table : manifest.tables().reversed()) {
            String name = Tables.quoted(table.table());
            if (Tables.number(connection, "SELECT count(*) FROM (SELECT FROM " + name + " LIMIT 1) AS found") > 0) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DELETE FROM " + name);
                }
            }
        }
        long before = 0;
        for (CopiedTable table : manifest.tables()) {
            if (manifest.of().isLeftOut(table.table())) {
                continue;
            }
            MessageDigest digest = BackupFolder.sha256();
            try (InputStream in =
                    new BufferedInputStream(new DigestInputStream(Files.newInputStream(backup.file(table)), digest))) {
                long rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY " + Tables.quoted(table.table()) + " (" + Tables.quoted(table.columns())
                                        + ") FROM STDIN (FORMAT binary)",
                                in);
                // What was looked at before may have been changed since.
                if (rows != table.rows()
                        || !HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
                    throw backup.damaged(table.file());
                }
            }
            Tables.continueNumbers(connection, table.table());
            before += table.bytes();
            watcher.copied(table.table(), before, manifest.bytes());
        }
        Long refused = manifest.refused();
        if (refused != null) {
            Tables.continueRefused(connection, refused);
        }
    }
}
