package io.gamemetrics.projections.metrics;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/** One database transaction a thread, as Spring would give Axon: tokens and what handlers write share it. */
final class StockTransactions implements TransactionManager, ConnectionProvider {

    private final DataSource database;

    @SuppressWarnings("ThreadLocalUsage") // one of these a database, each with transactions of its own
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    StockTransactions(DataSource database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = current.get();
        return connection == null
                ? database.getConnection()
                : ConnectionWrapperFactory.wrap(connection, new LeftOpen());
    }

    @Override
    public Transaction startTransaction() {
        if (current.get() != null) {
            return new Transaction() {
                @Override
                public void commit() {
                    // Whoever began it commits it.
                }

                @Override
                public void rollback() {
                    // As well.
                }
            };
        }
        try {
            Connection connection = database.getConnection();
            connection.setAutoCommit(false);
            current.set(connection);
            return new Own(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("no transaction", e);
        }
    }

    private final class Own implements Transaction {
        private final Connection connection;

        Own(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void commit() {
            end(Connection::commit);
        }

        @Override
        public void rollback() {
            end(Connection::rollback);
        }

        private void end(Ending how) {
            current.remove();
            try (connection) {
                how.end(connection);
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                throw new IllegalStateException("the transaction did not end well", e);
            }
        }
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    private static final class LeftOpen implements ConnectionWrapperFactory.ConnectionCloseHandler {
        @Override
        public void close(Connection connection) {
            // At the transaction's end.
        }

        @Override
        public void commit(Connection connection) {
            // At the transaction's end.
        }
    }
}
