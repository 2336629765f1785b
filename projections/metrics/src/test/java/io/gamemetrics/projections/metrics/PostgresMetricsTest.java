package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestPostgres;

class PostgresMetricsTest extends MetricsContract {

    @Override
    String newDatabase() {
        return TestPostgres.newDatabase();
    }

    @Override
    int writers() {
        return History.PARTITIONS;
    }

    @Override
    int histories() {
        return Integer.getInteger("histories", 2);
    }

    @Override
    int manyHistories() {
        return Integer.getInteger("histories", 40);
    }
}
