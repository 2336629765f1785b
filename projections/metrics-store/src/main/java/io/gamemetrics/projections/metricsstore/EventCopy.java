package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Event rows in PostgreSQL's binary COPY format, made before the transaction that sends them. Used by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
final class EventCopy {

    private static final String SQL =
            "COPY event (game, player, sequence, occurred_at, kind, name, segment, item, length_millis, micros,"
                    + " currency, value, field_ids, field_values, source) FROM STDIN (FORMAT binary)";
    private static final short COLUMNS = 15;
    /** The signature, no flags, no extension. */
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] END = {(byte) 0xFF, (byte) 0xFF};
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final int INT4_TYPE = 23;
    private static final int NUMERIC_TYPE = 1700;

    private ByteBuffer out;

    EventCopy(int rows) {
        out = ByteBuffer.allocate(Math.max(1, rows) * 128);
    }

    /**
     * @param player whom it counts for
     * @param texts the numbers of the row's texts
     */
    void add(EventRow row, int player, Numbers texts) {
        room(256);
        out.putShort(COLUMNS);
        int4(row.game);
        int4(player);
        int8(row.sequence);
        int8(micros(row.occurredAt));
        out.putInt(Short.BYTES).putShort(row.kind.code());
        int4(texts.name());
        int4(texts.segment());
        if (row.item == null) {
            absent();
        } else {
            int4(texts.item());
        }
        int8(row.lengthMillis);
        int8(row.micros);
        bytes(row.currency == null ? null : row.currency.getBytes(StandardCharsets.UTF_8));
        bytes(row.value == null ? null : ByteConverter.numeric(row.value));
        fields(row.fields.values(), texts.fields());
        if (player == row.player) {
            absent();
        } else {
            int4(row.player);
        }
    }

    /**
     * The numbers of an event's texts.
     *
     * @param name 0 without a name
     * @param item without meaning for an event without an item
     */
    record Numbers(int segment, int name, int item, List<Integer> fields) {}

    private static long micros(Instant at) {
        return (at.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + at.getNano() / 1_000;
    }

    private void fields(Collection<BigDecimal> values, List<Integer> numbers) {
        if (numbers.isEmpty()) {
            absent();
            absent();
            return;
        }
        int begun = array(INT4_TYPE, numbers.size());
        numbers.forEach(this::int4);
        out.putInt(begun, out.position() - begun - Integer.BYTES);
        begun = array(NUMERIC_TYPE, numbers.size());
        values.forEach(value -> bytes(ByteConverter.numeric(value)));
        out.putInt(begun, out.position() - begun - Integer.BYTES);
    }

    /** One dimension from 1, without nulls; answers where its length has to be written. */
    private int array(int type, int size) {
        room(24);
        int begun = out.position();
        out.putInt(0).putInt(1).putInt(0).putInt(type).putInt(size).putInt(1);
        return begun;
    }

    private void int4(int value) {
        room(8);
        out.putInt(Integer.BYTES).putInt(value);
    }

    private void int8(@Nullable Long value) {
        if (value == null) {
            absent();
        } else {
            room(12);
            out.putInt(Long.BYTES).putLong(value);
        }
    }

    private void bytes(byte @Nullable [] value) {
        if (value == null) {
            absent();
        } else {
            room(4 + value.length);
            out.putInt(value.length).put(value);
        }
    }

    private void absent() {
        room(4);
        out.putInt(-1);
    }

    private void room(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(2 * out.capacity() + bytes).put(out.flip());
        }
    }

    /** Sends all rows of these as one COPY. */
    static void send(Connection connection, Collection<EventCopy> copies) throws SQLException {
        if (copies.stream().allMatch(copy -> copy.out.position() == 0)) {
            return;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(SQL);
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            for (EventCopy rows : copies) {
                copy.writeToCopy(rows.out.array(), 0, rows.out.position());
            }
            copy.writeToCopy(END, 0, END.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
