package io.gamemetrics.projections.metricsstore;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the events that were taken away had added to names, and which texts they used: nobody may use those any more, and they
 * may tell who somebody was. Used by one thread, once.
 */
final class Forgotten {

    private static final Comparator<Name> ORDER =
            Comparator.comparingInt(Name::game).thenComparing(Name::kind).thenComparingInt(Name::name);

    private final Map<Name, Long> names = new TreeMap<>(ORDER);
    private final Set<Integer> segments = new TreeSet<>();
    private final Set<Integer> items = new TreeSet<>();
    private final Set<Integer> fields = new TreeSet<>();
    private final Set<Integer> games = new TreeSet<>();

    private record Name(int game, Short kind, int name) {}

    /** @param row of {@code occurred_at, kind, name, segment, item, field_ids} */
    void event(int game, ResultSet row) throws SQLException {
        games.add(game);
        names.merge(new Name(game, row.getShort(2), row.getInt(3)), 1L, Long::sum);
        segments.add(row.getInt(4));
        int item = row.getInt(5);
        if (!row.wasNull()) {
            items.add(item);
        }
        Array ids = row.getArray(6);
        if (ids != null) {
            for (Object id : (Object[]) ids.getArray()) {
                fields.add((Integer) id);
            }
        }
    }

    void segment(int game, int segment) {
        games.add(game);
        segments.add(segment);
    }

    /** After everything else is written. */
    void write(Connection connection, EventHorizon horizon) throws SQLException {
        if (games.isEmpty()) {
            return;
        }
        Columns gone = new Columns("int4", "int2", "int4", "int8");
        names.forEach((name, events) -> gone.add(name.game, name.kind, name.name, events));
        String kept = horizon.keptFrom() == null ? "" : " WHEN t.%1$s < '" + horizon.keptFrom() + "' THEN t.%1$s";
        String anew =
                "%1$s = CASE" + kept + " WHEN false THEN NULL ELSE coalesce((SELECT %2$s(e.occurred_at) FROM event e"
                        + " WHERE e.game = t.game AND e.kind = t.kind AND e.name = t.name), t.%1$s) END";
        gone.execute(
                connection,
                "UPDATE event_name t SET events = t.events - n.events, " + anew.formatted("first_at", "min") + ", "
                        + anew.formatted("last_at", "max") + " FROM " + gone.unnest()
                        + " AS n(game, kind, name, events) WHERE t.game = n.game AND t.kind = n.kind AND t.name = n.name");
        gone.execute(
                connection,
                "DELETE FROM event_name t USING " + gone.unnest() + " AS n(game, kind, name, events)"
                        + " WHERE t.game = n.game AND t.kind = n.kind AND t.name = n.name AND t.events = 0");
        terms(connection);
    }

    private void terms(Connection connection) throws SQLException {
        String game = " AND e.game = t.game";
        int deleted = delete(
                connection,
                segments,
                "(SELECT FROM segment_day e WHERE e.segment = t.id" + game + ") AND NOT EXISTS"
                        + " (SELECT FROM erased_day e WHERE e.segment = t.id" + game + ") AND NOT EXISTS"
                        + " (SELECT FROM event_open e WHERE e.segment = t.id" + game + ") AND NOT EXISTS"
                        + " (SELECT FROM event e WHERE e.player = -1 AND e.segment = t.id" + game + ")");
        deleted += delete(
                connection,
                names.keySet().stream().map(Name::name).toList(),
                "(SELECT FROM event_name e WHERE e.name = t.id" + game + ")");
        deleted += delete(
                connection,
                items,
                "(SELECT FROM event e WHERE e.kind IN (" + EventKind.PURCHASE.code() + ", "
                        + EventKind.PURCHASE_REFUNDED.code() + ") AND e.item = t.id" + game + ")");
        deleted += delete(
                connection,
                fields,
                "(SELECT FROM event e WHERE e.kind = " + EventKind.CUSTOM.code() + " AND t.id = ANY(e.field_ids)" + game
                        + ")");
        if (deleted > 0) {
            Terms.forget(connection);
        }
    }

    /** The texts nobody uses; of many games none is looked at but these. */
    private int delete(Connection connection, Collection<Integer> ids, String users) throws SQLException {
        int[] deleted = {0};
        new Sql()
                .numbers("DELETE FROM term t WHERE t.id = ANY(?)", ids)
                .numbers(" AND t.game = ANY(?) AND NOT EXISTS " + users + " RETURNING t.id", games)
                .forEach(connection, row -> deleted[0]++);
        return deleted[0];
    }
}
