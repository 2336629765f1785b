package io.gamemetrics.projections.recommendations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What lies in the tables, past every reader. */
record Tables(DataSource database, String schema) {

    /** Of version 1. */
    Tables(DataSource database) {
        this(database, "recommendations");
    }

    /** Everything the exact half of the tables says, without numbers that mean nothing; comparable by equals. */
    List<String> state() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(("SELECT s::text FROM recommendations.source s"
                                        + " UNION ALL SELECT (i.item_id, d.stream, d.kind, d.events, trim_scale(d.weight))::text"
                                        + " FROM recommendations.interaction d JOIN recommendations.item i ON i.number = d.item"
                                        + " UNION ALL SELECT (i.item_id, d.stream, d.purchase, d.paid, d.refunds, d.refunded)::text"
                                        + " FROM recommendations.purchase d JOIN recommendations.item i ON i.number = d.item"
                                        + " UNION ALL SELECT 'item ' || item_id FROM recommendations.item"
                                        + " UNION ALL SELECT (i.item_id, a.person, a.owned, a.value)::text"
                                        + " FROM recommendations.affinity a JOIN recommendations.item i ON i.number = a.item"
                                        + " ORDER BY 1")
                                .replace("recommendations.", schema + "."));
                ResultSet rows = statement.executeQuery()) {
            List<String> state = new ArrayList<>();
            while (rows.next()) {
                state.add(rows.getString(1));
            }
            return state;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One after another, on one connection. */
    void execute(String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a query for one number answers. */
    long number(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person's affinities by item, owned ones with a star. */
    Map<String, String> affinities(String player) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT i.item_id, a.value, a.owned FROM recommendations.affinity a"
                                + " JOIN recommendations.item i ON i.number = a.item WHERE a.person = ?")) {
            statement.setObject(1, Fed.stream(player));
            Map<String, String> affinities = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    affinities.put(rows.getString(1), rows.getFloat(2) + (rows.getBoolean(3) ? "*" : ""));
                }
            }
            return affinities;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
