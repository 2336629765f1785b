package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.PostgresTakeOver;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Begins a version of the recommendations with what players did by another one, of all games but some. What is made of it,
 * models, vectors and popular lists, is made again, and due at once. What was parked stays parked.
 */
public final class RecommendationsTakeOver {

    private static final List<String> TABLES = List.of("item", "source", "interaction", "purchase");

    private RecommendationsTakeOver() {}

    /**
     * Makes the version's tables and fills them, or tells what they were filled with.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param leftOut games whose rows are not taken
     * @return how far each partition's events are in it, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     */
    public static Map<Integer, Position> run(DataSource database, int into, int from, LeftOut leftOut)
            throws SQLException {
        RecommendationsSchema.migrate(database, into);
        PostgresTakeOver takeOver = new PostgresTakeOver(
                RecommendationsSchema.of(database, into),
                RecommendationsSchema.of(database, from),
                RecommendationsWriter.PROJECTION,
                leftOut);
        return takeOver.run(null, connection -> copy(takeOver, connection));
    }

    private static void copy(PostgresTakeOver takeOver, Connection connection) throws SQLException {
        takeOver.copy(connection, "game", takeOver.taken("e.number"));
        for (String table : TABLES) {
            takeOver.copy(connection, table, takeOver.taken("e.game"));
        }
        takeOver.copyParked(connection);
        PostgresTakeOver.execute(
                connection,
                "INSERT INTO change (game, events) SELECT game, sum(events) FROM (SELECT game, events FROM interaction"
                        + " UNION ALL SELECT game, 1 FROM purchase"
                        + " UNION ALL SELECT game, 1 FROM source WHERE person IS NOT NULL) e GROUP BY game");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT setval(pg_get_serial_sequence('item', 'number'), coalesce(max(number), 0) + 1,"
                    + " false) FROM item");
        }
    }
}
