package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which of several processes makes vectors: the one whose connection holds a lock of the database. It ends with the
 * connection, so a process that is gone holds nothing. Used by one thread.
 */
public final class Lead implements AutoCloseable {

    private static final long LOCK = 0x766563746f7273L;
    private static final int ANSWER_SECONDS = 5;

    private final ModelSchema schema;
    private final long lock;
    private @Nullable Connection holding;

    /** @param schema the version's whose vectors are made: each has a lead of its own */
    public Lead(ModelSchema schema) {
        this.schema = schema;
        this.lock = schema.name().equals(RecommendationsSchema.NAME)
                ? LOCK
                : LOCK ^ schema.name().hashCode();
    }

    /** Whether this process has it, now or already before. */
    public boolean take() {
        try {
            Connection before = holding;
            if (before != null && before.isValid(ANSWER_SECONDS)) {
                return true;
            }
            close();
            Connection connection = schema.connect();
            connection.setAutoCommit(true);
            Boolean taken = Sql.first(connection, "SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), lock);
            if (Boolean.TRUE.equals(taken)) {
                holding = connection;
                return true;
            }
            connection.close();
            return false;
        } catch (SQLException e) {
            throw new RecommendationsStoreException("asking for the lead", e);
        }
    }

    /** Lets another process have it. */
    @Override
    public void close() {
        Connection before = holding;
        holding = null;
        if (before == null) {
            return;
        }
        try (before) {
            // The connection goes back to a pool and would keep the lock.
            Sql.first(before, "SELECT pg_advisory_unlock(?)", row -> row.getBoolean(1), lock);
        } catch (SQLException e) {
            // A connection that is broken holds nothing.
        }
    }
}
