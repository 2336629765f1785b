package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A group's rows for the table of lookup keys. */
final class KeyRows {

    private KeyRows() {}

    private record Key(UUID stream, long key, long sequence) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::stream).thenComparingLong(Key::key).thenComparingLong(Key::sequence);

    /**
     * In one order for everybody: two groups that collide on the same streams then wait for one another in one
     * direction, and can't deadlock.
     */
    static BinaryRows of(List<Row> events) {
        List<Key> keys = new ArrayList<>(events.size());
        for (Row event : events) {
            for (long key : event.encoded().lookupKeys()) {
                keys.add(new Key(event.stream(), key, event.sequence()));
            }
        }
        keys.sort(ORDER);
        BinaryRows rows = new BinaryRows(32 + keys.size() * 48);
        Key previous = null;
        for (Key key : keys) {
            if (!key.equals(previous)) {
                rows.row(3);
                rows.uuid(key.stream());
                rows.int8(key.key());
                rows.int8(key.sequence());
            }
            previous = key;
        }
        rows.end();
        return rows;
    }
}
