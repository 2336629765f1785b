package io.gamemetrics.infrastructure.readstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks for bytes in every value of every table of a store's schema. Reads all of it: for proofs, not for answers. */
public final class PostgresScan {

    private final String schema;

    /** @param schema the store's schema, a plain lower-case name */
    public PostgresScan(String schema) {
        this.schema = PostgresCheckpoints.plain(schema);
    }

    /** How many values of a column hold one of the needles; the place only, not what was found. */
    public record Hit(String table, String column, long values) {}

    /**
     * Where the needles are; without a hit empty.
     *
     * @param needles what is looked for, in each form it might have been written; none of them empty
     */
    public List<Hit> scan(Connection connection, Collection<byte[]> needles) throws SQLException {
        List<Hit> hits = new ArrayList<>();
        for (Column column : columns(connection)) {
            String bytes = column.binary ? column.quoted() : "convert_to(" + column.quoted() + "::text, 'UTF8')";
            String sql = "SELECT count(*) FROM " + schema + ".\"" + column.table + "\" WHERE EXISTS"
                    + " (SELECT FROM unnest(?::bytea[]) AS needle WHERE position(needle IN " + bytes + ") > 0)";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, connection.createArrayOf("bytea", needles.toArray(byte[][]::new)));
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        hits.add(new Hit(column.table, column.name, row.getLong(1)));
                    }
                }
            }
        }
        return hits;
    }

    private record Column(String table, String name, boolean binary) {
        String quoted() {
            return '"' + name + '"';
        }
    }

    private List<Column> columns(Connection connection) throws SQLException {
        String sql = "SELECT c.table_name, c.column_name, c.data_type = 'bytea' FROM information_schema.columns c"
                + " JOIN information_schema.tables t USING (table_schema, table_name)"
                + " WHERE c.table_schema = ? AND t.table_type = 'BASE TABLE' ORDER BY 1, 2";
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, schema);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return columns;
    }
}
