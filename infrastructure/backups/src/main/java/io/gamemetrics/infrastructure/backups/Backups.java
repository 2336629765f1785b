package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.backups.Manifest.CopiedTable;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import io.gamemetrics.infrastructure.privacy.VaultCopies;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Makes backups while the stores are used: all tables as they were at one moment. Never the keys; the vault apart from all
 * else. Used by one thread.
 */
public final class Backups {

    /** How long a backup of the vault is kept unless somebody says otherwise. */
    public static final Duration VAULT_LIFE = Duration.ofDays(7);

    /** The longest one may be kept: for as long, who was erased lives on for those who have it and the keys. */
    public static final Duration LONGEST_VAULT_LIFE = Duration.ofDays(30);

    private static final int BUFFER_BYTES = 1 << 16;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final KeyDirectory keys;
    private final Clock clock;
    private final CopyWatcher watcher;

    public Backups(KeyDirectory keys, Clock clock, CopyWatcher watcher) {
        this.keys = keys;
        this.clock = clock;
        this.watcher = watcher;
    }

    /** A backup that was made. */
    public record Made(Path folder, Manifest manifest) {}

    /**
     * Copies the event store into a new folder in {@code parent}.
     *
     * @param vault whose keys read it
     * @throws BackupRefusedException when it can't be made there; nothing is left of it then
     * @throws KeysRefusedException when this key directory is not the vault's
     */
    public Made events(DataSource store, DataSource vault, Path parent) {
        refuseOthers(parent, BackupKind.EVENTS);
        refuseHalf(vault, Step.EVENTS);
        // The backup says whose keys read it: it must not name a wrong folder's.
        new VaultCopies(vault, keys).requireKeys();
        Runnable told = deleteOver(parent, BackupKind.EVENTS);
        Made made = copy(BackupKind.EVENTS, store, parent, null, () -> {});
        told.run();
        return made;
    }

    /**
     * Copies the vault into a new folder in {@code parent}, and deletes those in it that are over.
     *
     * @param life how long it may be put back, at most {@link #LONGEST_VAULT_LIFE}: the files of today's keys are kept as long
     * @param actor who wants it, for the audit
     * @throws BackupRefusedException when it can't be made there; nothing is left of it then
     * @throws KeysRefusedException when this key directory is not the vault's
     */
    public Made vault(DataSource vault, Path parent, Duration life, String actor) {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_VAULT_LIFE) > 0) {
            throw new BackupRefusedException("A backup of the vault is kept for at most " + LONGEST_VAULT_LIFE.toDays()
                    + " days: keepFor=" + life + ".");
        }
        refuseOthers(parent, BackupKind.VAULT);
        refuseHalf(vault, Step.VAULT);
        VaultCopies copies = new VaultCopies(vault, keys);
        copies.requireKeys();
        copies.note("backup.vault", actor);
        Runnable told = deleteOver(parent, BackupKind.VAULT);
        Instant until = clock.instant().plus(life);
        // Before the moment that is copied, so that nobody destroys what it needs; and once more, for what began in
        // between.
        copies.begin(until);
        Made made = copy(BackupKind.VAULT, vault, parent, until, () -> copies.begin(until));
        told.run();
        return made;
    }

    /** Half a store is nothing to make a backup of. */
    private static void refuseHalf(DataSource vault, Step step) {
        new UnfinishedRestores(vault).find(step).ifPresent(half -> {
            throw new BackupRefusedException(half.sentence());
        });
    }

    /** The backups in a folder, or the one it is; those that can't be read included. */
    static List<BackupFolder> in(Path folder) {
        BackupFolder itself = new BackupFolder(folder);
        if (itself.isBackup() || !Files.isDirectory(folder)) {
            return List.of(itself);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(BackupFolder::new)
                    .filter(BackupFolder::isBackup)
                    .toList();
        } catch (IOException e) {
            throw new BackupRefusedException(
                    "The folder " + folder + " can't be read (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    /** By the folders' names: a backup that is damaged keeps nobody from making another. */
    private static void refuseOthers(Path parent, BackupKind kind) {
        for (BackupFolder backup : Files.isDirectory(parent) ? in(parent) : List.<BackupFolder>of()) {
            if (backup.path().equals(parent) || !backup.isNamed(kind)) {
                throw new BackupRefusedException("The folder " + parent + " is or holds another backup than one of the "
                        + kind.word() + ": name a folder for backups of the " + kind.word()
                        + " alone, in another place.");
            }
        }
    }

    /**
     * Before a new one is made, which may fail: those that are over go all the same, and leave it their room.
     *
     * @return says afterwards, by throwing, that some could not be deleted: no reason to make none
     */
    private Runnable deleteOver(Path parent, BackupKind kind) {
        if (!Files.isDirectory(parent)) {
            return () -> {};
        }
        Instant now = clock.instant();
        try (Stream<Path> files = Files.list(parent)) {
            for (BackupFolder backup : files.map(BackupFolder::new).toList()) {
                if (backup.isNamed(kind) && backup.isOver(now)) {
                    backup.delete();
                }
            }
            return () -> {};
        } catch (IOException e) {
            return () -> {
                throw new BackupRefusedException(
                        "The backup was made, and those in " + parent + " that are over can't be deleted ("
                                + e.getClass().getSimpleName() + "): delete them.",
                        e);
            };
        }
    }

    /** @param begun called when the moment that is copied is fixed */
    private Made copy(BackupKind of, DataSource from, Path parent, @Nullable Instant until, Runnable begun) {
        Instant now = clock.instant();
        String name = of.word() + "-" + NAME.format(now);
        @Nullable BackupFolder work = null;
        try (Connection connection = from.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            work = BackupFolder.begin(parent, name);
            // The first query fixes the moment.
            String schema = Tables.schema(connection, of.history());
            begun.run();
            Manifest manifest = copy(of, connection, work, now, until, schema);
            connection.rollback();
            return new Made(work.finish(manifest, name).path(), manifest);
        } catch (SQLException | IOException | RuntimeException e) {
            remove(work);
            if (e instanceof RuntimeException refused) {
                throw refused;
            }
            throw new BackupRefusedException(
                    "The backup of the " + of.word() + " in " + parent + " was not finished ("
                            + (e instanceof SQLException sql ? "sqlState=" + sql.getSQLState() : e.toString()) + ").",
                    e);
        }
    }

    private Manifest copy(
            BackupKind of,
            Connection connection,
            BackupFolder folder,
            Instant now,
            @Nullable Instant until,
            String schema)
            throws SQLException, IOException {
        long expected = Tables.bytes(connection);
        List<CopiedTable> tables = new ArrayList<>();
        long before = 0;
        for (Map.Entry<String, List<String>> table : Tables.of(connection, of).entrySet()) {
            CopiedTable copied = copy(connection, folder, table.getKey(), table.getValue(), before, expected);
            before += copied.bytes();
            tables.add(copied);
        }
        boolean isEvents = of == BackupKind.EVENTS;
        return new Manifest(
                Manifest.FORMAT,
                of,
                now.truncatedTo(ChronoUnit.MILLIS).toString(),
                until == null ? null : until.truncatedTo(ChronoUnit.MILLIS).toString(),
                keys.fingerprint(),
                schema,
                isEvents ? Tables.number(connection, "SELECT incarnation FROM stream_head") : null,
                isEvents ? Tables.number(connection, "SELECT position FROM stream_head") : null,
                isEvents ? Tables.lastRefused(connection) : null,
                isEvents ? null : new TreeSet<>(VaultCopies.epochs(connection)),
                isEvents ? null : VaultCopies.heard(connection),
                tables);
    }

    private CopiedTable copy(
            Connection connection, BackupFolder folder, String table, List<String> columns, long before, long expected)
            throws SQLException, IOException {
        MessageDigest digest = BackupFolder.sha256();
        Path file = folder.newFile(Manifest.fileOf(table));
        Counting counting =
                new Counting(Files.newOutputStream(file), bytes -> watcher.copied(table, before + bytes, expected));
        long rows;
        try (OutputStream out = new BufferedOutputStream(new DigestOutputStream(counting, digest), BUFFER_BYTES)) {
            rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "COPY " + Tables.quoted(table) + " (" + Tables.quoted(columns)
                                    + ") TO STDOUT (FORMAT binary)",
                            out);
        }
        BackupFolder.force(file);
        return new CopiedTable(
                table, columns, rows, counting.bytes(), HexFormat.of().formatHex(digest.digest()));
    }

    private static void remove(@Nullable BackupFolder work) {
        if (work != null) {
            try {
                work.delete();
            } catch (IOException e) {
                // Its name says that it is unfinished; what broke first is what is told.
            }
        }
    }
}
