package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestTimescale;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class TimescaleTakeOverTest extends TakeOverContract {

    private static TestTimescale server;

    @BeforeAll
    static void start() {
        server = TestTimescale.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A server has one database. */
    @Override
    String newDatabase() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.jdbcUrl());
        try {
            MetricsSchema.drop(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.jdbcUrl();
    }

    /** Its connections take turns. */
    @Override
    boolean atOnce() {
        return false;
    }

    @Override
    int histories() {
        return 1;
    }
}
