package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.backups.Manifest.CopiedTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;

/**
 * The database that a backup is put back into: its tables are made as they were then, filled in one transaction, and brought up
 * to date.
 */
record Refilled(BackupFolder backup, Manifest manifest, DataSource database, CopyWatcher watcher) {

    /** @throws BackupRefusedException when this program can't make the tables */
    void requireKnownSchema() {
        MigrationVersion schema = MigrationVersion.fromVersion(manifest.schema());
        for (MigrationInfo known : flyway(MigrationVersion.LATEST).info().all()) {
            if (schema.equals(known.getVersion())) {
                return;
            }
        }
        throw new BackupRefusedException("The backup in " + backup.path() + " was made by a newer program (schema "
                + schema + "): put it back with that one. Nothing was changed.");
    }

    private Flyway flyway(MigrationVersion target) {
        return Flyway.configure()
                .dataSource(database)
                .locations(manifest.of().schema())
                .table(manifest.of().history())
                .target(target)
                .cleanDisabled(false)
                .load();
    }

    /**
     * Does it.
     *
     * @param replace whether what the database holds is given up
     * @throws BackupRefusedException when it was not finished; the database is of no use then
     */
    void fill(boolean replace) {
        try {
            Flyway asItWas = flyway(MigrationVersion.fromVersion(manifest.schema()));
            if (replace) {
                asItWas.clean();
            }
            asItWas.migrate();
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                fill(connection);
                connection.commit();
            }
            flyway(MigrationVersion.LATEST).migrate();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
        } catch (SQLException | IOException | FlywayException e) {
            throw new BackupRefusedException(
                    "The backup in " + backup.path() + " was not put back ("
                            + (e instanceof SQLException sql ? "sqlState=" + sql.getSQLState() : e.toString())
                            + "): mend that, and put it back again.",
                    e);
        }
    }

    private void fill(Connection connection) throws SQLException, IOException {
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
            fill(connection, table);
            Tables.continueNumbers(connection, table.table());
            before += table.bytes();
            watcher.copied(table.table(), before, manifest.bytes());
        }
        Long refused = manifest.refused();
        if (refused != null) {
            Tables.continueRefused(connection, refused);
        }
    }

    private void fill(Connection connection, CopiedTable table) throws SQLException, IOException {
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
    }
}
