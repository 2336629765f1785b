package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestTimescale;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

class TimescaleMetricsTest extends MetricsContract {

    private TestTimescale server;

    @BeforeEach
    void start() {
        server = TestTimescale.start();
    }

    @AfterEach
    void stop() {
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
    int writers() {
        return 1;
    }

    @Override
    int histories() {
        return Integer.getInteger("histories", 1);
    }

    @Override
    int manyHistories() {
        return Integer.getInteger("histories", 10);
    }
}
