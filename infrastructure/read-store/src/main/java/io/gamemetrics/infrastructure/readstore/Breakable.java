package io.gamemetrics.infrastructure.readstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Long statements that an interrupt breaks off: by itself the driver hears of none before the database has answered. */
final class Breakable {

    private static final String CANCELLED = "57014";
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final ModelSchema schema;
    private final int backend;

    /**
     * @param schema gives another connection to the same database, to tell it
     * @param connection on which the statements are made, before its transaction
     */
    Breakable(ModelSchema schema, Connection connection) throws SQLException {
        this.schema = schema;
        this.backend = backend(connection);
    }

    /**
     * Does work on the connection, on another thread, and waits for it.
     *
     * @throws SQLException what the work threw; of SQLSTATE 57014 when the thread was interrupted, which it still is then,
     *     and the work has ended: its transaction is to be rolled back
     */
    <T> T run(Callable<T> work) throws SQLException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform()
                .name(Thread.currentThread().getName() + "-statements")
                .daemon(true)
                .start(task);
        try {
            thread.join();
        } catch (InterruptedException e) {
            breakOff(thread);
            Thread.currentThread().interrupt();
            throw new SQLException("broken off", CANCELLED, e);
        }
        return madeBy(task);
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Again and again: between two statements there is nothing to cancel. */
    private void breakOff(Thread thread) throws SQLException {
        boolean ended = false;
        while (!ended) {
            try (Connection another = schema.connect();
                    PreparedStatement cancel = another.prepareStatement("SELECT pg_cancel_backend(?)")) {
                cancel.setInt(1, backend);
                cancel.execute();
                ended = thread.join(BETWEEN);
            } catch (InterruptedException e) {
                // Once is enough: it is being broken off.
            }
        }
    }

    private static <T> T madeBy(FutureTask<T> task) throws SQLException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("broken off", CANCELLED, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
