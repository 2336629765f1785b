package io.gamemetrics.projections.service;

import com.zaxxer.hikari.HikariDataSource;

/** Pools of connections. */
final class Databases {

    /** Pools grow when they are used: opening all at the start is time a start does not have. */
    private static final int IDLE_CONNECTIONS = 2;

    private Databases() {}

    static HikariDataSource connections(String name, DatabaseSettings.Database database, int most) {
        HikariDataSource connections = new HikariDataSource();
        connections.setPoolName(name);
        connections.setJdbcUrl(database.url());
        connections.setUsername(database.user());
        connections.setPassword(database.password());
        connections.setMaximumPoolSize(most);
        connections.setMinimumIdle(IDLE_CONNECTIONS);
        return connections;
    }
}
