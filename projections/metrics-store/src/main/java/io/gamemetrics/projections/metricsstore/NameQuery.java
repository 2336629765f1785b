package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which events a name means: those of the type of that name and custom events that were named so.
 *
 * @param kind the type's code, or -1
 * @param name the custom name's number, or -1
 */
record NameQuery(int kind, int name) {

    static NameQuery find(Connection connection, GameRow game, String name) throws SQLException {
        int kind = EventKind.ofTypeName(name)
                .filter(type -> type != EventKind.CUSTOM)
                .map(EventKind::code)
                .orElse((short) -1);
        int[] number = {-1};
        new Sql()
                .add("SELECT id FROM term WHERE game = ?", game.number())
                .add(" AND sort = 'n' AND key = ?", Terms.key(new Terms.Term(game.number(), Terms.NAME, List.of(name))))
                .forEach(connection, row -> number[0] = row.getInt(1));
        return new NameQuery(kind, number[0]);
    }

    String condition() {
        return "(f.kind = " + kind + " OR (f.kind = " + EventKind.CUSTOM.code() + " AND f.name = " + name + "))";
    }

    boolean matches(int eventKind, int eventName) {
        return eventKind == kind || (eventKind == EventKind.CUSTOM.code() && eventName == name);
    }

    static List<EventName> all(Connection connection, GameRow game) throws SQLException {
        List<EventName> names = new ArrayList<>();
        new Sql()
                .add("SELECT n.kind, t.parts[1], n.events, n.first_at, n.last_at FROM event_name n"
                        + " LEFT JOIN term t ON t.id = n.name")
                .add(
                        " WHERE n.game = ? AND n.events > 0 ORDER BY n.events DESC, n.kind, t.parts[1] COLLATE \"C\" LIMIT 1000",
                        game.number())
                .forEach(connection, row -> {
                    EventKind kind = EventKind.ofCode(row.getInt(1));
                    boolean custom = kind == EventKind.CUSTOM;
                    names.add(new EventName(
                            custom ? row.getString(2) : kind.typeName(),
                            custom,
                            row.getLong(3),
                            row.getTimestamp(4).toInstant(),
                            row.getTimestamp(5).toInstant()));
                });
        return names;
    }
}
