package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestPostgres;

class PostgresEventExpiryTest extends EventExpiryContract {

    @Override
    String newDatabase() {
        return TestPostgres.newDatabase();
    }
}
