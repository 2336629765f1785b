package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PlayerKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Persons whose own vector has to be made again. */
final class Pending {

    private Pending() {}

    /** Marks the streams, and the persons they belong to. Reads who that is, so the streams' own rows come first. */
    static void mark(Connection connection, Collection<PlayerKey> streams) throws SQLException {
        mark(connection, streams, "nextval('mark')");
    }

    /** The same; they come before all others, however many wait. */
    static void markFirst(Connection connection, Collection<PlayerKey> streams) throws SQLException {
        mark(connection, streams, "-nextval('mark')");
    }

    private static void mark(Connection connection, Collection<PlayerKey> streams, String mark) throws SQLException {
        if (streams.isEmpty()) {
            return;
        }
        Sql.update(
                connection,
                "INSERT INTO pending (game, person, mark)"
                        + " SELECT game, person, " + mark + " FROM (SELECT DISTINCT game, person FROM ("
                        + " SELECT changed.game, changed.stream AS person FROM unnest(?, ?) AS changed (game, stream)"
                        + " JOIN source s USING (game, stream)"
                        + " UNION ALL SELECT s.game, s.person FROM unnest(?, ?) AS changed (game, stream)"
                        + " JOIN source s USING (game, stream) WHERE s.person IS NOT NULL) all_of_them) each_once"
                        // In order, so that two partitions with the same person wait and don't block one another for
                        // good.
                        + " ORDER BY game, person ON CONFLICT (game, person) DO UPDATE SET mark = excluded.mark",
                SqlArray.of("integer", streams, PlayerKey::game),
                SqlArray.of("uuid", streams, PlayerKey::stream),
                SqlArray.of("integer", streams, PlayerKey::game),
                SqlArray.of("uuid", streams, PlayerKey::stream));
    }
}
