package io.gamemetrics.commandside.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Has one process at a time look through a store: the others would find the same. Whoever dies gives it back. */
final class SearchTurn {

    private SearchTurn() {}

    interface Work {
        void run() throws Exception;
    }

    /** Does nothing where somebody else is at it. */
    static void whileHeld(DataSource database, String store, Work work) throws Exception {
        try (Connection connection = database.getConnection()) {
            String key = "erasure-search " + store;
            if (!ask(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", key)) {
                return;
            }
            try {
                work.run();
            } finally {
                ask(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", key);
            }
        }
    }

    private static boolean ask(Connection connection, String sql, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
