package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.ReadableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** All that the tables of a version hold of players, row by row, for themselves. Safe for concurrent use. */
public final class RecommendationsExport {

    /** What each table is, by its name. */
    public static final Map<String, String> TABLES = Map.of(
            "source", "Where the player plays, as recommendations know it.",
            "interaction", "How often the player looked at, played or liked each item.",
            "purchase", "Which items the player bought or gave back.",
            "vector", "Whether a profile is kept that recommendations are found by: numbers made of the tables above.");

    private static final Map<String, String> SELECT = new LinkedHashMap<>();

    static {
        SELECT.put("source", "SELECT stream AS pseudonym, person, country, platform FROM source t");
        SELECT.put(
                "interaction",
                "SELECT stream AS pseudonym, i.item_id AS item, kind, events, weight FROM interaction t"
                        + " JOIN item i ON i.number = t.item");
        SELECT.put(
                "purchase",
                "SELECT stream AS pseudonym, i.item_id AS item, paid, refunds, refunded FROM purchase t"
                        + " JOIN item i ON i.number = t.item");
    }

    private final ModelSchema schema;

    public RecommendationsExport(ModelSchema schema) {
        this.schema = schema;
    }

    /** @param rows is given a table's name and a row */
    public void run(List<UUID> players, BiConsumer<String, Map<String, Object>> rows) throws SQLException {
        try (Connection connection = schema.connect()) {
            for (Map.Entry<String, String> table : SELECT.entrySet()) {
                ReadableRows.each(
                        connection,
                        table.getValue() + " WHERE stream = ANY (?)",
                        List.of(players),
                        row -> rows.accept(table.getKey(), row));
            }
        }
    }
}
