package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Which games' days a version no longer counts, because their events were gone when the time zone changed. */
public final class GivenUpDays {

    private GivenUpDays() {}

    /**
     * @return by the game's id, the first day that is counted
     * @throws SQLException when the database can't be asked
     */
    public static Map<String, LocalDate> of(ModelSchema schema) throws SQLException {
        try (Connection connection = schema.connect();
                PreparedStatement select =
                        connection.prepareStatement("SELECT game_id, days_from FROM game WHERE days_from IS NOT NULL");
                ResultSet rows = select.executeQuery()) {
            Map<String, LocalDate> days = new TreeMap<>();
            while (rows.next()) {
                days.put(rows.getString(1), rows.getObject(2, LocalDate.class));
            }
            return days;
        }
    }
}
