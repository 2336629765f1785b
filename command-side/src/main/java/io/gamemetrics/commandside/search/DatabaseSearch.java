package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * All tables of a schema as they are stored, also those this build knows nothing of.
 *
 * @param without tables that are looked through another way, or hold numbers and random names alone
 */
record DatabaseSearch(String name, DataSource database, String schema, Set<String> without) implements SearchedStore {

    @Override
    public void search(Needles needles, Places found) throws SQLException {
        try (Connection connection = database.getConnection()) {
            found.add(new PostgresScan(schema, without).scan(connection, needles));
        }
    }
}
