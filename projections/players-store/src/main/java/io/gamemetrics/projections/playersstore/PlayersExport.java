package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.ReadableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** All that a version holds of players, row by row, for themselves. Names are sealed here and left out. Safe for concurrent use. */
public final class PlayersExport {

    /** What each table is, by its name. */
    public static final Map<String, String> TABLES = Map.of(
            "profile", "What the profile of the player says: first and last times, counts, platform, country.",
            "money", "What the player paid, brought in by ads and got back, by second and currency, in millionths.");

    private static final String KIND =
            "CASE kind WHEN 1 THEN 'in-app purchase' WHEN 2 THEN 'advertisement' ELSE 'refund' END";

    private final ModelSchema schema;

    /** @param version which of the read model's versions */
    public PlayersExport(DataSource database, int version) {
        this.schema = new ModelSchema(database, PlayersSchema.NAME, version);
    }

    /** @param rows is given a table's name and a row */
    public void run(List<UUID> players, BiConsumer<String, Map<String, Object>> rows) throws SQLException {
        try (Connection connection = schema.connect()) {
            ReadableRows.each(
                    connection,
                    "SELECT * FROM player WHERE player = ANY (?) ORDER BY player",
                    List.of(players),
                    row -> rows.accept("profile", row));
            ReadableRows.each(
                    connection,
                    "SELECT player, " + KIND + " AS kind, currency, at, micros FROM money WHERE player = ANY (?)"
                            + " ORDER BY player, at, kind, currency",
                    List.of(players),
                    row -> rows.accept("money", row));
        }
    }
}
