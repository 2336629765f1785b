package io.gamemetrics.infrastructure.eventstore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in the format of {@code COPY … FROM STDIN BINARY} (PostgreSQL manual, "COPY", section "Binary Format"), encoded
 * before the transaction begins. Used by one thread.
 */
final class BinaryRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** PostgreSQL counts microseconds from 2000-01-01. */
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

    private byte[] bytes;
    private int size;
    private int rows;

    BinaryRows(int expectedBytes) {
        bytes = new byte[Math.max(64, expectedBytes)];
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        // 4 bytes of flags and 4 of a header extension follow, both 0.
        size = SIGNATURE.length + 8;
    }

    /** Begins a row. */
    void row(int columns) {
        room(2);
        putShort((short) columns);
        rows++;
    }

    void int2(int value) {
        room(6);
        putInt(2);
        putShort((short) value);
    }

    void int4(int value) {
        room(8);
        putInt(4);
        putInt(value);
    }

    /** Returns where the value lies, for {@link #patch}. */
    int int8(long value) {
        room(12);
        putInt(8);
        putLong(value);
        return size - 8;
    }

    void timestamp(Instant value) {
        int8(micros(value));
    }

    void uuid(UUID value) {
        room(20);
        putInt(16);
        putLong(value.getMostSignificantBits());
        putLong(value.getLeastSignificantBits());
    }

    void text(String value) {
        bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytea(byte[] value) {
        room(4 + value.length);
        putInt(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Overwrites a value that {@link #int8} wrote. */
    void patch(int at, long value) {
        int end = size;
        size = at;
        putLong(value);
        size = end;
    }

    /** Ends the rows. */
    void end() {
        room(2);
        putShort((short) -1);
    }

    int rows() {
        return rows;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond() - POSTGRES_EPOCH_SECONDS, 1_000_000L),
                instant.getNano() / 1_000);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    private void putShort(short value) {
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
    }

    private void putInt(int value) {
        bytes[size++] = (byte) (value >>> 24);
        bytes[size++] = (byte) (value >>> 16);
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }
}
