package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What is popular where a person is: first in the country, then on the platform, then in the whole game. */
final class PopularItems {

    private static final String SEGMENTS =
            "SELECT (array_agg(country ORDER BY person IS NOT NULL, stream) FILTER (WHERE country IS NOT NULL))[1] AS country,"
                    + " (array_agg(platform ORDER BY person IS NOT NULL, stream) FILTER (WHERE platform IS NOT NULL))[1] AS platform"
                    + " FROM source WHERE game = ? AND coalesce(person, stream) = ?";

    private PopularItems() {}

    /** Each item once, from the nearest segment that has it. */
    record Popular(long number, String item, double share, String why) {}

    static List<Popular> of(Connection connection, int game, UUID person) throws SQLException {
        return Sql.list(
                connection,
                "WITH whereabouts AS (" + SEGMENTS + "), near AS ("
                        + " SELECT 1 AS distance, 'country:' || country AS segment, 'popular in ' || country AS why FROM whereabouts"
                        + " UNION ALL SELECT 2, 'platform:' || platform, 'popular on ' || platform FROM whereabouts"
                        + " UNION ALL SELECT 3, '', 'popular with all players'), once AS ("
                        + " SELECT DISTINCT ON (p.item) p.item, p.share, p.rank, near.distance, near.why"
                        + " FROM near JOIN popular p ON p.game = ? AND p.segment = near.segment"
                        + " ORDER BY p.item, near.distance)"
                        + " SELECT once.item, i.item_id, once.share, once.why FROM once"
                        + " JOIN item i ON i.number = once.item ORDER BY once.distance, once.rank",
                row -> new Popular(row.getLong(1), row.getString(2), row.getDouble(3), row.getString(4)),
                game,
                person,
                game);
    }
}
