package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Changes one value of every column of every table of a version, one after the other, and looks which cells differ: some,
 * and where the column is no part of the key, nor the game or the day, one of that table alone.
 */
public final class EveryColumnIsSeen {

    /** Tables of texts, which others name by number: who changes one changes those. */
    private static final Set<String> TEXTS = Set.of("item", "term");

    private final DataSource database;
    private final String schema;
    private final Supplier<Contents> contents;
    private final Set<String> unseen;
    private final Map<String, String> changes;

    /**
     * @param unseen tables, and columns as {@code table.column}, that are no part of the contents
     * @param changes what a column, or any column of a type, is set to, in SQL with {@code %s} for what it was; these and
     *     those of common types are changed
     */
    public EveryColumnIsSeen(
            DataSource database,
            String schema,
            Supplier<Contents> contents,
            Set<String> unseen,
            Map<String, String> changes) {
        this.database = database;
        this.schema = schema;
        this.contents = contents;
        this.unseen = unseen;
        this.changes = changes;
    }

    private record Column(String table, String name, String type, boolean key) {
        String full() {
            return table + "." + name;
        }
    }

    /** Fails unless each change is seen where it was made, and nowhere else. */
    public void check() throws SQLException {
        Map<Cell.Key, Cell> before = cells();
        List<String> seen = new ArrayList<>();
        for (Column column : columns()) {
            change(column);
            Map<Cell.Key, Cell> after = cells();
            Set<Cell.Key> differing = HeldAgainst.differingCells(before, after);
            if (unseen.contains(column.table) || unseen.contains(column.full())) {
                assertThat(differing).as(column.full()).isEmpty();
            } else {
                assertThat(differing).as(column.full()).isNotEmpty();
                if (!column.key && !TEXTS.contains(column.table)) {
                    assertThat(differing).as(column.full()).allSatisfy(cell -> assertThat(
                                    cell.section().split(":", -1)[0])
                            .isEqualTo(column.table));
                    assertThat(differing)
                            .extracting(Cell.Key::section)
                            .as(column.full())
                            .doesNotHaveDuplicates();
                }
                seen.add(column.full());
            }
            before = after;
        }
        assertThat(seen).hasSizeGreaterThan(5);
    }

    private Map<Cell.Key, Cell> cells() {
        try (Contents now = contents.get()) {
            return HeldAgainst.cells(now);
        }
    }

    /** Without partitions: their rows are their table's. */
    private List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.relname, a.attname, format_type(a.atttypid, NULL),"
                        + " a.attname IN ('game', 'first_day') OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary"
                        + " AND a.attnum = ANY(i.indkey)) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE c.relnamespace = '" + schema + "'::regnamespace AND c.relkind IN ('r', 'p')"
                        + " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped"
                        // Handed out by the version itself.
                        + " AND a.attidentity = ''"
                        + " AND c.relname <> 'flyway_schema_history' ORDER BY 1, a.attnum")) {
            while (rows.next()) {
                columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBoolean(4)));
            }
        }
        return columns;
    }

    private void change(Column column) throws SQLException {
        String change = changes.getOrDefault(
                column.full(),
                switch (column.type) {
                    case "integer", "bigint", "numeric", "real" -> "%s + 1000000";
                    case "smallint" -> "%s + 1";
                    case "text" -> "%s || 'x'";
                    case "integer[]" -> "%s || 1";
                    case "text[]" -> "%s || 'x'::text";
                    case "boolean" -> "NOT %s";
                    case "date" -> "%s + 1000";
                    case "timestamp with time zone" -> "%s + INTERVAL '1 millisecond'";
                    case "uuid" -> "overlay(%s::text PLACING 'ffff' FROM 1 FOR 4)::uuid";
                    case "bytea" -> "%s || '\\x01'::bytea";
                    default -> changes.getOrDefault(column.type, "no change of this type: " + column.type);
                });
        // What is absent can't be made another, only something.
        String which = change.contains("%s") ? column.name + " IS NOT NULL" : "true";
        // One row: no two have the same place in the same table.
        String sql = "UPDATE " + schema + "." + column.table + " SET " + column.name + " = "
                + change.replace("%s", column.name) + " WHERE (tableoid, ctid) = (SELECT tableoid, ctid FROM " + schema
                + "." + column.table + " WHERE " + which + " ORDER BY tableoid, ctid LIMIT 1)";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate(sql);
            boolean mustBe = !unseen.contains(column.table) && !unseen.contains(column.full());
            assertThat(changed)
                    .as("there is none to change of " + column.full())
                    .isBetween(mustBe ? 1 : 0, 1);
        }
    }
}
