package io.gamemetrics.infrastructure.backups;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections of a database, before each of which something may happen, until it has. */
final class LateConnections extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient BooleanSupplier before;
    private boolean hasHappened;

    LateConnections(PGSimpleDataSource of, BooleanSupplier before) {
        this.before = before;
        setUrl(of.getUrl());
        setUser(of.getUser());
        setPassword(of.getPassword());
    }

    @Override
    public Connection getConnection() throws SQLException {
        hasHappened = hasHappened || before.getAsBoolean();
        return super.getConnection();
    }
}
