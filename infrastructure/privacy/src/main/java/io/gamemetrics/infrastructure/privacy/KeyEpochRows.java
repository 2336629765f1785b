package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The statements on the table {@code key_epoch}: which key files this vault needs. */
final class KeyEpochRows {

    private KeyEpochRows() {}

    /** Orders those who open the vault or begin an epoch, until the transaction's end. */
    static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT FROM vault FOR UPDATE")) {
            lock.execute();
        }
    }

    static Map<Short, byte[]> read(Connection connection) throws SQLException {
        Map<Short, byte[]> checks = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, check_value FROM key_epoch");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                checks.put(rows.getShort(1), rows.getBytes(2));
            }
        }
        return checks;
    }

    static void add(Connection connection, Map<Short, byte[]> checks) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO key_epoch (epoch, check_value) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (var check : checks.entrySet()) {
                insert.setShort(1, check.getKey());
                insert.setBytes(2, check.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
