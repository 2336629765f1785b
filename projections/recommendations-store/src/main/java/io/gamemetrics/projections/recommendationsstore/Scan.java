package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for texts in whole rows, in whatever column of whatever type. */
final class Scan {

    private Scan() {}

    static Map<String, Integer> of(Connection connection, String schema, Collection<String> needles)
            throws SQLException {
        Map<String, Integer> hits = new LinkedHashMap<>();
        List<String> tables = Sql.list(
                connection,
                "SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY 1",
                row -> row.getString(1),
                schema);
        for (String table : tables) {
            int found = Sql.list(
                            connection,
                            "SELECT count(*) FROM " + schema + ".\"" + table + "\" AS whole"
                                    + " WHERE EXISTS (SELECT FROM unnest(?) AS needle"
                                    + " WHERE strpos(whole::text, needle) > 0)",
                            row -> row.getInt(1),
                            SqlArray.of("text", needles, needle -> needle))
                    .getFirst();
            if (found > 0) {
                hits.put(table, found);
            }
        }
        return hits;
    }
}
