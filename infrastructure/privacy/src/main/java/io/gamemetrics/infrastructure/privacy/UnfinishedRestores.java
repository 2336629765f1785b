package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Restores that were begun and did not end, whoever died: half a store is not opened for a whole one. They are written down in
 * the vault's database, which all who write open first, in a schema of its own that putting the vault back leaves alone. Safe
 * for concurrent use. Every method throws {@link VaultUnavailableException} when the database does not answer.
 */
public final class UnfinishedRestores {

    private static final String TABLE = "gamemetrics_restore.unfinished";
    private static final String KNOWN = "gamemetrics_restore.given_up_vault";

    private final Transactions database;

    /** @param vault the vault's database; it may be empty */
    public UnfinishedRestores(DataSource vault) {
        this(new Transactions(vault));
    }

    UnfinishedRestores(Transactions database) {
        this.database = database;
    }

    /** What has not ended. Stored by name. */
    public enum Step {
        /** The vault is put back, and the read models are emptied. */
        VAULT,
        /** The event store is put back. */
        EVENTS,
        /** The event store was put back, and has to begin a new life. */
        RECONCILIATION
    }

    /**
     * A restore that did not end.
     *
     * @param backup the folder it was put back from
     */
    public record Unfinished(Step step, String backup, Instant begunAt) {

        /** What it is and what to do, in one sentence. */
        public String sentence() {
            return switch (step) {
                case VAULT -> half("vault");
                case EVENTS -> half("event store");
                case RECONCILIATION ->
                    "The event store was put back from " + backup + " at " + begunAt
                            + " and has no new life yet: run `gamemetrics restore reconcile`.";
            };
        }

        private String half(String what) {
            return "The " + what + " began to be put back from " + backup + " at " + begunAt
                    + " and that did not end: run `gamemetrics restore "
                    + (step == Step.VAULT ? "vault " : "events ") + backup + "` again.";
        }
    }

    /** Whatever has not ended, the earliest first. */
    public List<Unfinished> all() {
        return database.read(UnfinishedRestores::all);
    }

    /** Whether this has not ended. */
    public Optional<Unfinished> find(Step step) {
        return all().stream().filter(one -> one.step() == step).findFirst();
    }

    /** Writes down that this begins; it is on disk when this returns. */
    public void begin(Step step, String backup) {
        database.write(connection -> {
            insert(connection, step, backup);
            return true;
        });
    }

    /**
     * What was known by the vault that was given up for one that was not put back whole; absent when there is no such, and when
     * an earlier build began it.
     */
    public Optional<CopiedVault> givenUp() {
        return database.read(connection ->
                all(connection).stream().anyMatch(one -> one.step() == Step.VAULT) && isThere(connection, KNOWN)
                        ? remembered(connection)
                        : Optional.empty());
    }

    /**
     * Writes down that a vault begins to be put back, and what was known by the one that is given up for it: whoever has to do
     * it again finds half a vault there, which knows less.
     *
     * @param known with all that {@link #givenUp} said
     */
    public void beginVault(String backup, CopiedVault known) {
        database.write(connection -> {
            insert(connection, Step.VAULT, backup);
            remember(connection, known);
            return true;
        });
    }

    /** Writes down that this has ended, and that the next one is to come. */
    public void follow(Step ended, Step next, String backup) {
        database.write(connection -> {
            insert(connection, next, backup);
            delete(connection, ended);
            return true;
        });
    }

    /** Writes down that this has ended; again does nothing. */
    public void end(Step step) {
        database.write(connection -> {
            if (isThere(connection, TABLE)) {
                delete(connection, step);
            }
            return true;
        });
    }

    /** @throws UnfinishedRestoreException when there is any */
    public void requireNone() {
        all().stream().findFirst().ifPresent(one -> {
            throw new UnfinishedRestoreException(one.sentence());
        });
    }

    private static List<Unfinished> all(Connection connection) throws SQLException {
        List<Unfinished> found = new ArrayList<>();
        if (!isThere(connection, TABLE)) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT step, backup, begun_at FROM " + TABLE + " ORDER BY begun_at");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Unfinished(
                        Step.valueOf(rows.getString(1)),
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant()));
            }
        }
        return found;
    }

    private static boolean isThere(Connection connection, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT to_regclass('" + table + "') IS NOT NULL");
                ResultSet row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void insert(Connection connection, Step step, String backup) throws SQLException {
        try (Statement create = connection.createStatement()) {
            create.execute("CREATE SCHEMA IF NOT EXISTS gamemetrics_restore");
            create.execute("CREATE TABLE IF NOT EXISTS " + TABLE + " (step text PRIMARY KEY, backup text NOT NULL,"
                    + " begun_at timestamptz NOT NULL)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?, clock_timestamp())"
                        + " ON CONFLICT (step) DO UPDATE SET backup = excluded.backup, begun_at = excluded.begun_at")) {
            insert.setString(1, step.name());
            insert.setString(2, backup);
            insert.executeUpdate();
        }
    }

    /** A row an epoch; the ledger's is that of no epoch. */
    private static void remember(Connection connection, CopiedVault known) throws SQLException {
        try (Statement anew = connection.createStatement()) {
            anew.execute("DROP TABLE IF EXISTS " + KNOWN);
            anew.execute("CREATE TABLE " + KNOWN + " (epoch smallint, heard bigint, mac_or_check bytea NOT NULL)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + KNOWN + " VALUES (?, ?, ?)")) {
            insert.setNull(1, Types.SMALLINT);
            insert.setLong(2, known.heard());
            insert.setBytes(3, known.mac());
            insert.addBatch();
            for (Map.Entry<Short, byte[]> epoch : known.checks().entrySet()) {
                insert.setShort(1, epoch.getKey());
                insert.setNull(2, Types.BIGINT);
                insert.setBytes(3, epoch.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Optional<CopiedVault> remembered(Connection connection) throws SQLException {
        Map<Short, byte[]> checks = new TreeMap<>();
        long heard = 0;
        byte[] mac = {};
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, heard, mac_or_check FROM " + KNOWN);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                short epoch = rows.getShort(1);
                if (rows.wasNull()) {
                    heard = rows.getLong(2);
                    mac = rows.getBytes(3);
                } else {
                    checks.put(epoch, rows.getBytes(3));
                }
            }
        }
        return Optional.of(new CopiedVault(checks, heard, mac));
    }

    private static void delete(Connection connection, Step step) throws SQLException {
        if (step == Step.VAULT) {
            try (Statement forget = connection.createStatement()) {
                forget.execute("DROP TABLE IF EXISTS " + KNOWN);
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + TABLE + " WHERE step = ?")) {
            delete.setString(1, step.name());
            delete.executeUpdate();
        }
    }
}
