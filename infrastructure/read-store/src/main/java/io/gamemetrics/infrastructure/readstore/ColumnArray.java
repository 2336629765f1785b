package io.gamemetrics.infrastructure.readstore;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.ByteConverter;

/**
 * One column's values of many rows, in binary: as text each value would be written here and parsed there. The driver does
 * that for arrays of numbers and texts whose Java type says so; those of uuid, timestamptz and numeric are made here.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/arrayfuncs.c">array_recv</a>
 */
public final class ColumnArray {

    /** Seconds from 1970 to 2000, where PostgreSQL's time begins. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int ABSENT = -1;

    private ColumnArray() {}

    /** Puts a value's length and bytes, for which there is room. */
    private interface Encoding {
        void put(ByteBuffer out, Object value);
    }

    /**
     * An array for {@link java.sql.PreparedStatement#setArray}.
     *
     * @param type {@code int2}, {@code int4}, {@code int8}, {@code text}, {@code bytea}, {@code uuid}, {@code timestamptz} or {@code
     *     numeric}; any other goes as the values' own text
     * @param values a Short, Integer, Long, String, {@code byte[]}, UUID, Instant, or BigDecimal, BigInteger or Long each; absent
     *     is NULL. Of an Instant what is below a microsecond is left out
     */
    public static Array of(Connection connection, String type, List<? extends @Nullable Object> values)
            throws SQLException {
        return switch (type) {
            case "int2" -> connection.createArrayOf(type, values.toArray(new Short[0]));
            case "int4" -> connection.createArrayOf(type, values.toArray(new Integer[0]));
            case "int8" -> connection.createArrayOf(type, values.toArray(new Long[0]));
            case "text" -> connection.createArrayOf(type, values.toArray(new String[0]));
            case "bytea" -> connection.createArrayOf(type, values.toArray(new byte[0][]));
            case "uuid" -> binary(connection, Oid.UUID_ARRAY, Oid.UUID, values, 16, ColumnArray::uuid);
            case "timestamptz" ->
                binary(connection, Oid.TIMESTAMPTZ_ARRAY, Oid.TIMESTAMPTZ, values, 8, ColumnArray::instant);
            case "numeric" -> numeric(connection, values);
            default -> connection.createArrayOf(type, values.toArray());
        };
    }

    /** @param bytes a value takes at most */
    private static Array binary(
            Connection connection,
            int arrayType,
            int type,
            List<? extends @Nullable Object> values,
            int bytes,
            Encoding encoding)
            throws SQLException {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + values.size() * (Integer.BYTES + bytes))
                .putInt(1) // dimension
                .putInt(0) // NULLs are told by their length
                .putInt(type)
                .putInt(values.size())
                .putInt(1); // is the first one's index
        for (Object value : values) {
            if (value == null) {
                out.putInt(ABSENT);
            } else {
                encoding.put(out, value);
            }
        }
        byte[] array = out.hasRemaining() ? Arrays.copyOf(out.array(), out.position()) : out.array();
        return new PgArray(connection.unwrap(BaseConnection.class), arrayType, array);
    }

    private static void uuid(ByteBuffer out, Object value) {
        UUID uuid = (UUID) value;
        out.putInt(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    private static void instant(ByteBuffer out, Object value) {
        Instant at = (Instant) value;
        long micros = Math.addExact(
                Math.multiplyExact(at.getEpochSecond() - EPOCH_SECONDS, 1_000_000L), at.getNano() / 1_000);
        out.putInt(8).putLong(micros);
    }

    private static Array numeric(Connection connection, List<? extends @Nullable Object> values) throws SQLException {
        List<byte @Nullable []> encoded = new ArrayList<>(values.size());
        int most = 0;
        for (Object value : values) {
            byte[] bytes = value == null ? null : ByteConverter.numeric(decimal(value));
            most = bytes == null ? most : Math.max(most, bytes.length);
            encoded.add(bytes);
        }
        return binary(connection, Oid.NUMERIC_ARRAY, Oid.NUMERIC, encoded, most, (out, value) -> {
            byte[] bytes = (byte[]) value;
            out.putInt(bytes.length).put(bytes);
        });
    }

    private static BigDecimal decimal(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            default -> BigDecimal.valueOf((Long) value);
        };
    }
}
