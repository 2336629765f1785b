package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.TestCommandSide.Databases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What somebody could read in the databases who has no key.
 *
 * @param events the latest, looked at
 * @param asJson those of them that are JSON as they lie
 * @param withWords those in which a sender's words can be read
 * @param players whose ids were looked at
 * @param withIds those whose id can be read
 */
record StoredWords(long events, long asJson, long withWords, long players, long withIds) {

    private static final String EVENTS = "SELECT count(*), count(*) FILTER (WHERE get_byte(payload, 0) = ascii('{')),"
            + " count(*) FILTER (WHERE position(convert_to('home screen', 'UTF8') IN payload) > 0)"
            + " FROM (SELECT payload FROM events ORDER BY position DESC LIMIT 10000) AS latest";

    private static final String PLAYERS = "SELECT count(*),"
            + " count(*) FILTER (WHERE position(convert_to('player-', 'UTF8') IN player_id) = 1)"
            + " FROM (SELECT player_id FROM subject LIMIT 10000) AS seen";

    static StoredWords in(Databases databases) throws SQLException {
        try (Connection store = DriverManager.getConnection(databases.store());
                Connection vault = DriverManager.getConnection(databases.vault());
                Statement inStore = store.createStatement();
                Statement inVault = vault.createStatement();
                ResultSet events = inStore.executeQuery(EVENTS);
                ResultSet players = inVault.executeQuery(PLAYERS)) {
            events.next();
            players.next();
            return new StoredWords(
                    events.getLong(1), events.getLong(2), events.getLong(3), players.getLong(1), players.getLong(2));
        }
    }
}
