package io.gamemetrics.commandside;

import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Tables of replays without a row, for each test anew: emptied where they are there, since to make them takes seconds. */
public final class EmptyReplays {

    private static final String TABLES =
            "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables"
                    + " WHERE schemaname = 'replays' AND tablename NOT LIKE '%history%'";

    private EmptyReplays() {}

    public static void make(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            String tables;
            try (ResultSet row = statement.executeQuery(TABLES)) {
                row.next();
                tables = row.getString(1);
            }
            if (tables == null) {
                ReplaysSchema.migrate(database);
            } else {
                statement.execute("TRUNCATE " + tables + " RESTART IDENTITY");
            }
        }
    }
}
