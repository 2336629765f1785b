package io.gamemetrics.commandside.ingestion;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.postgresql.PGConnection;

/**
 * The least that something durable takes: COPY of one number and a commit. Of no row at all would be nothing: PostgreSQL
 * writes no log for it.
 */
final class EmptyCopy implements AutoCloseable {

    private static final byte[] ROW = "1\n".getBytes(US_ASCII);

    private final BlockingQueue<Connection> connections;
    private final List<Connection> all = new ArrayList<>();

    EmptyCopy(int connections) throws SQLException {
        String database = TestPostgres.newDatabase();
        this.connections = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            Connection connection = DriverManager.getConnection(database);
            if (i == 0) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE least (number bigint)");
                }
            }
            connection.setAutoCommit(false);
            this.connections.add(connection);
            all.add(connection);
        }
    }

    /** Waits for a connection if need be; durable when it returns. */
    boolean commit() throws Exception {
        Connection connection = connections.take();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY least FROM STDIN", new ByteArrayInputStream(ROW));
            connection.commit();
            return true;
        } finally {
            connections.add(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
