package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.util.List;

/**
 * Lists what most players have, in the whole game, in each country and on each platform; what new players are offered.
 * Every method throws {@link RecommendationsStoreException} when the database can't be asked.
 */
public final class PopularWriter {

    /** A segment of fewer persons would tell what single ones of them have. */
    static final int LEAST_PERSONS = 5;

    static final int LONGEST = 200;

    /** Adds up where persons are before it adds up segments: a row a person and item is read once, and never sorted. */
    private static final String COUNT = """
            WITH person AS MATERIALIZED (
                SELECT coalesce(person, stream) AS person,
                       (array_agg(country ORDER BY person IS NOT NULL, stream) FILTER (WHERE country IS NOT NULL))[1] AS country,
                       (array_agg(platform ORDER BY person IS NOT NULL, stream) FILTER (WHERE platform IS NOT NULL))[1] AS platform
                FROM source WHERE game = ? GROUP BY 1
            ), has AS MATERIALIZED (
                SELECT person, item, value FROM affinity WHERE game = ? AND value > 0
            ), place AS MATERIALIZED (
                SELECT p.country, p.platform, count(*) AS persons
                FROM (SELECT person FROM has GROUP BY person) h JOIN person p USING (person) GROUP BY 1, 2
            ), shelf AS MATERIALIZED (
                SELECT p.country, p.platform, h.item, sum(h.value) AS value
                FROM has h JOIN person p USING (person) GROUP BY 1, 2, 3
            ), size AS (
                SELECT s.segment, sum(persons) AS persons FROM place p
                CROSS JOIN LATERAL (VALUES (''), ('country:' || p.country), ('platform:' || p.platform)) s (segment)
                WHERE s.segment IS NOT NULL GROUP BY 1
                HAVING sum(persons) >= ? OR s.segment = ''
            ), total AS (
                SELECT s.segment, p.item, sum(p.value) AS value FROM shelf p
                CROSS JOIN LATERAL (VALUES (''), ('country:' || p.country), ('platform:' || p.platform)) s (segment)
                WHERE s.segment IS NOT NULL GROUP BY 1, 2
            ), ranked AS (
                SELECT segment, t.item, t.value / size.persons AS share,
                       row_number() OVER (PARTITION BY segment ORDER BY t.value DESC, i.item_id COLLATE "C") AS rank
                FROM total t JOIN size USING (segment) JOIN item i ON i.number = t.item
            )
            INSERT INTO popular (game, segment, rank, item, share)
            SELECT ?, segment, rank, item, share FROM ranked WHERE rank <= ?
            """;

    private final ModelSchema schema;

    public PopularWriter(ModelSchema schema) {
        this.schema = schema;
    }

    /** Counts a game anew; readers see the old lists until all new ones are there. */
    public void count(int game) {
        Sql.transaction(schema, "counting what is popular", connection -> {
            Sql.update(connection, "DELETE FROM popular WHERE game = ?", game);
            Sql.update(connection, COUNT, game, game, LEAST_PERSONS, game, LONGEST);
            return true;
        });
    }

    /** All games there are. */
    public List<Integer> games() {
        return Sql.with(
                schema,
                "reading games",
                connection -> Sql.list(connection, "SELECT number FROM game ORDER BY 1", row -> row.getInt(1)));
    }
}
