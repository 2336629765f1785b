package io.gamemetrics.infrastructure.eventstream;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/** Which partition a stream's events travel in: Kafka's own murmur2 over the record's key. */
public final class StreamPartitions {

    private StreamPartitions() {}

    /** The partition, from 0, of {@code count} partitions. The same for ever: order within a stream depends on it. */
    public static int of(UUID stream, int count) {
        return Utils.toPositive(Utils.murmur2(key(stream))) % count;
    }

    /** The record's key: the 16 bytes of the stream's id. */
    static byte[] key(UUID stream) {
        return ByteBuffer.allocate(16)
                .putLong(stream.getMostSignificantBits())
                .putLong(stream.getLeastSignificantBits())
                .array();
    }

    /** Reads what {@link #key} writes. */
    static UUID stream(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
