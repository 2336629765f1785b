package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on the tables that one of several processes does at a time. The lock is the session's: whoever dies, or loses the
 * database, gives it up.
 */
enum UpkeepLock {
    CHARTS(0x6368_6172_7473L),
    EVENTS(0x6576_656e_7473L);

    /** Any that nobody else locks in this database. */
    private final long number;

    UpkeepLock(long number) {
        this.number = number;
    }

    /** Something to do with a connection that is in no transaction. */
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Does it unless another does so now.
     *
     * @return whether it was done
     */
    boolean whileHeld(ModelSchema schema, Work work) throws SQLException {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(true);
            boolean[] locked = {false};
            new Sql()
                    .add("SELECT pg_try_advisory_lock(" + number(schema) + ")")
                    .forEach(connection, row -> locked[0] = row.getBoolean(1));
            if (!locked[0]) {
                return false;
            }
            try {
                work.on(connection);
            } finally {
                new Sql()
                        .add("SELECT pg_advisory_unlock(" + number(schema) + ")")
                        .forEach(connection, row -> {});
            }
            return true;
        }
    }

    /** Each version's tables are looked after by themselves. */
    long number(ModelSchema schema) {
        return schema.name().equals(MetricsSchema.NAME)
                ? number
                : number ^ schema.name().hashCode();
    }
}
