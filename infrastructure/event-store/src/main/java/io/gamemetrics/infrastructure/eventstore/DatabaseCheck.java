package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.EventStoreSettings.UnsafeDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store asks of its PostgreSQL before it trusts it with anything. */
final class DatabaseCheck {

    /** {@code transaction_timeout}, by which a hung holder of the head row is cut off, came with version 17. */
    private static final int LEAST_VERSION = 170_000;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

    private DatabaseCheck() {}

    /** @throws EventStoreException with one sentence that says what to change */
    static void check(Connection connection, UnsafeDatabase unsafe) throws SQLException {
        requireVersion(Integer.parseInt(setting(connection, "server_version_num")));
        requireDurable(setting(connection, "fsync"), setting(connection, "synchronous_commit"), unsafe);
    }

    static void requireVersion(int version) {
        if (version < LEAST_VERSION) {
            throw new EventStoreException(
                    "the event store needs PostgreSQL 17 or newer, and this database is PostgreSQL " + version / 10_000
                            + ": give it a newer one with GAMEMETRICS_POSTGRES_URL",
                    null);
        }
    }

    static void requireDurable(String fsync, String synchronousCommit, UnsafeDatabase unsafe) {
        if (!fsync.equals("off") && !synchronousCommit.equals("off")) {
            return;
        }
        String sentence = "this PostgreSQL answers before data is on disk (fsync=" + fsync + ", synchronous_commit="
                + synchronousCommit + "), so events could be lost after they were confirmed: turn both on";
        switch (unsafe) {
            case REFUSE -> throw new EventStoreException(sentence, null);
            case WARN -> LOG.warn("{}", sentence);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
