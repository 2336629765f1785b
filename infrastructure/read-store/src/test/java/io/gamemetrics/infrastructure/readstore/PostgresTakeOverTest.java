package io.gamemetrics.infrastructure.readstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresTakeOverTest {

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SLEEPING =
            "pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void openTwoVersions() {
        database.setUrl(TestPostgres.newDatabase());
        for (int version = 1; version <= 2; version++) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(ModelSchema.name("some", version))
                    .locations(PostgresCheckpoints.MIGRATIONS)
                    .load()
                    .migrate();
        }
    }

    @Test
    void an_interrupt_breaks_off_what_the_database_is_at_and_nothing_stays_of_it() throws Exception {
        PostgresTakeOver takeOver = new PostgresTakeOver(
                new ModelSchema(database, "some", 2), new ModelSchema(database, "some", 1), "some", LeftOut.NOTHING);
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                takeOver.run(null, connection -> {
                    PostgresTakeOver.execute(connection, "CREATE TABLE brought (one int)");
                    PostgresTakeOver.execute(connection, "INSERT INTO brought SELECT 1 FROM pg_sleep(3600)");
                });
            } catch (SQLException | RuntimeException e) {
                thrown.set(e);
            }
        });
        boolean ended = false;
        while (!ended && count(SLEEPING) == 0) {
            ended = thread.join(PAUSE);
        }
        thread.interrupt();

        assertThat(thread.join(SOON)).as("it ended").isTrue();
        assertThat(thrown.get()).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                .isEqualTo("57014"));
        assertThat(count("pg_class WHERE relname = 'brought'")).isZero();
        assertThat(count("some_v2.taken_over")).isZero();
        assertThat(count(SLEEPING)).isZero();
    }

    private long count(String from) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
