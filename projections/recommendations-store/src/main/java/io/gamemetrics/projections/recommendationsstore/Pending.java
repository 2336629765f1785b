package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PlayerKey;
import java.util.Collection;

/** Persons whose own vector has to be made again. */
final class Pending {

    private Pending() {}

    /** Marks the streams, and the persons they belong to. Reads who that is, so the streams' own rows come first. */
    static void mark(Together together, Collection<PlayerKey> streams) {
        mark(together, streams, "nextval('mark')");
    }

    /** The same; they come before all others, however many wait. */
    static void markFirst(Together together, Collection<PlayerKey> streams) {
        mark(together, streams, "-nextval('mark')");
    }

    private static void mark(Together together, Collection<PlayerKey> streams, String mark) {
        if (streams.isEmpty()) {
            return;
        }
        together.add(
                "INSERT INTO pending (game, person, mark)"
                        + " SELECT game, person, (SELECT " + mark + ") FROM (SELECT DISTINCT s.game, whom.person"
                        + " FROM unnest(?, ?) AS changed (game, stream) JOIN source s USING (game, stream)"
                        + " CROSS JOIN LATERAL (VALUES (s.stream), (s.person)) AS whom (person)"
                        + " WHERE whom.person IS NOT NULL) each_once"
                        // In order, so that two partitions with the same person wait and don't block one another for
                        // good.
                        + " ORDER BY game, person ON CONFLICT (game, person) DO UPDATE SET mark = excluded.mark",
                SqlArray.of("int4", streams, PlayerKey::game),
                SqlArray.of("uuid", streams, PlayerKey::stream));
    }
}
