package io.gamemetrics.projections.service;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The database of the read models that live in PostgreSQL. A type of its own, so that nobody takes it for just any
 * database.
 */
public record ReadModels(HikariDataSource connections) implements AutoCloseable {
    @Override
    public void close() {
        connections.close();
    }
}
