package io.gamemetrics.infrastructure.erasures;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of erasures under way, beside the read models they are about. */
public final class ErasuresSchema {

    /** The PostgreSQL schema all tables lie in. */
    public static final String NAME = "erasures";

    private ErasuresSchema() {}

    /** Brings the tables to this build's state; again changes nothing. Safe to call from several processes. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(NAME)
                .locations("classpath:db/erasures")
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    /** Takes the tables away: what was ordered begins anew, from the requests. */
    public static void drop(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + NAME + " CASCADE");
        }
    }
}
