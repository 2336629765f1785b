package io.gamemetrics.projections.leaderboardsstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How names and numbers look in Redis. */
final class Bytes {

    private static final int UUID_BYTES = 16;

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] of(long number) {
        return of(Long.toString(number));
    }

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** The same where there may be none. */
    static @Nullable String textOf(byte @Nullable [] bytes) {
        return bytes == null ? null : text(bytes);
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
