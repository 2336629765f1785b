package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who listen that a checkpoint moved and which games' numbers changed with it. PostgreSQL delivers it when,
 * and only if, the transaction commits.
 */
final class ChangeNotices {

    private static final String CHANNELS = "gamemetrics_";

    /** A notice has at most 8,000 bytes; a game takes up to 33 of them. */
    private static final int MOST_GAMES = 200;

    private ChangeNotices() {}

    /** Where a version's moves are told. */
    static String channel(ModelSchema schema) {
        return CHANNELS + schema.name();
    }

    /** @param touched which days of which games changed */
    static void write(
            Connection connection,
            String channel,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Map<Integer, Days> touched)
            throws SQLException {
        // Only what is released from quarantine changes anything where the checkpoint stays.
        boolean isReleased = expected != null && expected.position().equals(next.position());
        if (touched.isEmpty() && isReleased) {
            return;
        }
        note(connection, partition, next.position(), touched, isReleased);
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, partition + "|" + next.position() + "|" + text(touched));
            statement.execute();
        }
    }

    private static void note(
            Connection connection, int partition, Position position, Map<Integer, Days> touched, boolean isReleased)
            throws SQLException {
        Columns columns = new Columns("int4", "int4", "int8", "int8", "bool");
        touched.keySet()
                .forEach(game -> columns.add(game, partition, position.incarnation(), position.number(), isReleased));
        columns.execute(
                connection,
                "INSERT INTO change (game, partition, incarnation, position, released) SELECT * FROM "
                        + columns.unnest()
                        + " ON CONFLICT (game, partition) DO UPDATE SET incarnation = excluded.incarnation,"
                        + " position = excluded.position, released = excluded.released");
    }

    private static String text(Map<Integer, Days> touched) {
        return touched.size() > MOST_GAMES
                ? MetricsMove.ANY
                : touched.entrySet().stream()
                        .map(game -> game.getKey() + ":" + game.getValue().text())
                        .collect(Collectors.joining(","));
    }
}
