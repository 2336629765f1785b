package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static final String KNOWN = "gamemetrics_restore.known_epoch";

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
     * Writes down that a vault begins to be put back, and what the vault knew that is given up for it: whoever has to do it
     * again finds half a vault there, which knows less.
     *
     * @param known what tells the keys of the vault that is there, by epoch
     * @return the same, and what the vault knew before a restore that did not end
     */
    public Map<Short, byte[]> beginVault(String backup, Map<Short, byte[]> known) {
        return database.write(connection -> {
            insert(connection, Step.VAULT, backup);
            remember(connection, known);
            return remembered(connection);
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
            if (isThere(connection)) {
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
        if (!isThere(connection)) {
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

    private static boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT to_regclass('" + TABLE + "') IS NOT NULL");
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

    private static void remember(Connection connection, Map<Short, byte[]> known) throws SQLException {
        try (Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE IF NOT EXISTS " + KNOWN
                    + " (epoch smallint PRIMARY KEY, check_value bytea NOT NULL)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + KNOWN + " VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (Map.Entry<Short, byte[]> epoch : known.entrySet()) {
                insert.setShort(1, epoch.getKey());
                insert.setBytes(2, epoch.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Map<Short, byte[]> remembered(Connection connection) throws SQLException {
        Map<Short, byte[]> known = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, check_value FROM " + KNOWN);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                known.put(rows.getShort(1), rows.getBytes(2));
            }
        }
        return known;
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
