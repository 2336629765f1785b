package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import java.time.Instant;
import java.util.List;

/** A group's rows for the table of events, complete but for what only the holder of the head row knows. */
final class EventRows {

    private static final int BYTES_BESIDE_PAYLOAD = 90;

    private final BinaryRows rows;
    private final int[] positionsAt;
    private final int[] timesAt;

    EventRows(List<Row> events) {
        int expected = 32;
        for (Row event : events) {
            expected += BYTES_BESIDE_PAYLOAD + event.encoded().payload().length;
        }
        rows = new BinaryRows(expected);
        positionsAt = new int[events.size()];
        timesAt = new int[events.size()];
        int index = 0;
        for (Row event : events) {
            rows.row(8);
            positionsAt[index] = rows.int8(0);
            timesAt[index++] = rows.int8(0);
            rows.uuid(event.stream());
            rows.int8(event.sequence());
            rows.int4(event.encoded().tenant());
            rows.int4(event.encoded().type());
            rows.int2(event.encoded().revision());
            rows.bytea(event.encoded().payload());
        }
        rows.end();
    }

    /** Gives the rows the positions that end with {@code last}. */
    void place(long last, Instant storedAt) {
        long position = last - positionsAt.length;
        long micros = BinaryRows.micros(storedAt);
        for (int index = 0; index < positionsAt.length; index++) {
            rows.patch(positionsAt[index], ++position);
            rows.patch(timesAt[index], micros);
        }
    }

    BinaryRows rows() {
        return rows;
    }
}
