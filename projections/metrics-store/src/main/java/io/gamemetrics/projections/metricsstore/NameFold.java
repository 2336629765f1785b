package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How often each name of an event came. Used by one thread. */
final class NameFold {

    private final Map<Key, Seen> names = new TreeMap<>(
            Comparator.comparingInt(Key::game).thenComparing(Key::kind).thenComparingInt(Key::name));

    private record Key(int game, Short kind, int name) {}

    private record Seen(long events, Instant first, Instant last) {
        Seen and(Seen other) {
            return new Seen(
                    events + other.events,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /** @param name the number of a custom event's name, 0 of any other */
    void count(int game, EventKind kind, int name, Instant at) {
        names.merge(new Key(game, kind.code(), name), new Seen(1, at, at), Seen::and);
    }

    /** Adds what another batch adds. */
    void add(NameFold other) {
        other.names.forEach((key, seen) -> names.merge(key, seen, Seen::and));
    }

    void write(Connection connection) throws SQLException {
        Columns columns = new Columns("int4", "int2", "int4", "int8", "timestamptz", "timestamptz");
        names.forEach((key, seen) -> columns.add(key.game, key.kind, key.name, seen.events, seen.first, seen.last));
        columns.execute(
                connection,
                "INSERT INTO event_name AS t (game, kind, name, events, first_at, last_at) SELECT * FROM "
                        + columns.unnest() + " ON CONFLICT (game, kind, name) DO UPDATE SET"
                        + " events = t.events + excluded.events, first_at = least(t.first_at, excluded.first_at),"
                        + " last_at = greatest(t.last_at, excluded.last_at)");
    }
}
