package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the server in one message and run in their order, each seeing what those before it did. Of several
 * on their own each would wait for an answer nobody reads. Used by one thread.
 */
final class Together {

    private final List<String> statements = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** @param sql one statement that answers no rows */
    void add(String sql, @Nullable Object... itsValues) {
        statements.add(sql);
        values.addAll(Arrays.asList(itsValues));
    }

    /** All of them; after one that fails none is run. */
    void run(Connection connection) throws SQLException {
        if (!statements.isEmpty()) {
            Sql.update(connection, String.join("; ", statements), values.toArray());
        }
    }
}
