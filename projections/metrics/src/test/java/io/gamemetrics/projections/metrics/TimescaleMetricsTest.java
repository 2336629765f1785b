package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestTimescale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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

    @Override
    String newDatabase() {
        return server.jdbcUrl();
    }

    /** Its connections take turns. */
    @Override
    int writers() {
        return 1;
    }

    /** A server has one database. */
    @Override
    int histories() {
        return 1;
    }
}
