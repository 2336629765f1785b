package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Follows the changes of the numbers: PostgreSQL itself tells of each commit. Safe for concurrent use; a {@link
 * Following} is for one thread.
 */
public final class MetricsChanges {

    private static final String PROJECTION = "metrics";

    private final DataSource database;
    private final IntSupplier version;
    private final int partitions;

    /**
     * @param database the primary, without a pooler in between that shares sessions
     * @param version which version of the numbers readers ask
     * @param partitions how many make up the whole
     */
    public MetricsChanges(DataSource database, IntSupplier version, int partitions) {
        this.database = database;
        this.version = version;
        this.partitions = partitions;
    }

    /** How many partitions make up the whole. */
    public int partitions() {
        return partitions;
    }

    /**
     * Up to where each partition last changed the game's numbers; those that never did are missing.
     *
     * @param game its number
     */
    public Map<Integer, Position> lastChanges(int game) {
        String sql = "SELECT partition, incarnation, position FROM change WHERE game = ?";
        try (Connection connection =
                        MetricsSchema.of(database, version.getAsInt()).connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, game);
            try (ResultSet rows = statement.executeQuery()) {
                Map<Integer, Position> changes = new TreeMap<>();
                while (rows.next()) {
                    changes.put(rows.getInt(1), new Position(rows.getLong(2), rows.getLong(3)));
                }
                return changes;
            }
        } catch (SQLException e) {
            throw new MetricsStoreException("changes not read: game=" + game, e);
        }
    }

    /**
     * Where partitions last changed the game's numbers, as far as somebody does not know who has seen all up to a position.
     * What was released from quarantine there since then, or before, is told too: that does not move a position.
     *
     * @param game its number
     * @param after of the same life of the store
     */
    public List<Position> changesSince(int game, Position after) {
        String sql = "SELECT incarnation, position FROM change WHERE game = ?"
                + " AND (position > ? OR released AND position = ?) ORDER BY partition";
        try (Connection connection =
                        MetricsSchema.of(database, version.getAsInt()).connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, game);
            statement.setLong(2, after.number());
            statement.setLong(3, after.number());
            try (ResultSet rows = statement.executeQuery()) {
                List<Position> since = new ArrayList<>();
                while (rows.next()) {
                    since.add(new Position(rows.getLong(1), rows.getLong(2)));
                }
                return since;
            }
        } catch (SQLException e) {
            throw new MetricsStoreException("changes not read: game=" + game, e);
        }
    }

    /** Listens from now on, on a connection of its own: what commits after this returns is heard. */
    public Following follow() {
        int number = version.getAsInt();
        ModelSchema schema = MetricsSchema.of(database, number);
        try {
            Connection connection = schema.connect();
            try {
                return new Following(connection, number, schema);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new MetricsStoreException("changes can't be listened to", e);
        }
    }

    /** One listener. Every method throws {@link MetricsStoreException} when the connection is lost: then begin anew. */
    public final class Following implements AutoCloseable {

        private static final Duration ANSWER = Duration.ofSeconds(10);
        private static final Executor HERE = Runnable::run;

        private final Connection connection;
        private final int number;
        private final PostgresCheckpoints checkpoints;

        private Following(Connection connection, int number, ModelSchema schema) throws SQLException {
            this.connection = connection;
            this.number = number;
            this.checkpoints = new PostgresCheckpoints(schema.name(), PROJECTION);
            connection.setNetworkTimeout(HERE, (int) ANSWER.toMillis());
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + ChangeNotices.channel(schema));
            }
        }

        /** Whether this is still the version readers ask; if not, begin anew: any number may be another one. */
        public boolean isCurrent() {
            return version.getAsInt() == number;
        }

        /** How far each partition is now; those without a batch so far are missing. */
        public Map<Integer, Position> positions() {
            try {
                Map<Integer, Position> positions = new TreeMap<>();
                checkpoints
                        .readAll(connection)
                        .forEach((partition, checkpoint) -> positions.put(partition, checkpoint.position()));
                return positions;
            } catch (SQLException e) {
                throw new MetricsStoreException("checkpoints not read", e);
            }
        }

        /** Waits for moves; none when there was none for that long, and the database answers. */
        public List<MetricsMove> next(Duration atMost) {
            try {
                PGNotification[] notices =
                        connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
                List<MetricsMove> moves = new ArrayList<>();
                if (notices != null) {
                    for (PGNotification notice : notices) {
                        moves.add(MetricsMove.parse(notice.getParameter()));
                    }
                }
                if (moves.isEmpty()) {
                    ask();
                }
                return moves;
            } catch (SQLException e) {
                throw new MetricsStoreException("changes not heard", e);
            }
        }

        /** A connection that died in silence is found by asking. */
        private void ask() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("");
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new MetricsStoreException("a listener could not be closed", e);
            }
        }
    }
}
