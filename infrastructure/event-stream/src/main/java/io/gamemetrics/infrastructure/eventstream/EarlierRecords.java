package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records that earlier builds wrote, which a topic may still keep. They have a header for each part: {@code p} position,
 * {@code i} incarnation, {@code t} tenant, {@code n} type, {@code r} revision, {@code s} sequence, {@code at} time of storing
 * in microseconds since 1970.
 */
final class EarlierRecords {

    private static final int ALL_HEADERS = 0b111_1111;

    private EarlierRecords() {}

    /**
     * The event in a record.
     *
     * @param message with a stream's key and a value
     * @return empty when a header is missing or too short
     */
    static Optional<StoredEvent> toEvent(ConsumerRecord<byte[], byte[]> message) {
        long position = 0;
        long incarnation = 0;
        int tenant = 0;
        int type = 0;
        int revision = 0;
        long sequence = 0;
        long at = 0;
        int found = 0;
        for (Header header : message.headers()) {
            if (!isLongEnough(header)) {
                return Optional.empty();
            }
            switch (header.key()) {
                case "p" -> {
                    position = longOf(header);
                    found |= 1;
                }
                case "i" -> {
                    incarnation = longOf(header);
                    found |= 1 << 1;
                }
                case "t" -> {
                    tenant = intOf(header);
                    found |= 1 << 2;
                }
                case "n" -> {
                    type = intOf(header);
                    found |= 1 << 3;
                }
                case "r" -> {
                    revision = intOf(header);
                    found |= 1 << 4;
                }
                case "s" -> {
                    sequence = longOf(header);
                    found |= 1 << 5;
                }
                case "at" -> {
                    at = longOf(header);
                    found |= 1 << 6;
                }
                default -> {
                    // Somebody added it on the way; it says nothing of the event.
                }
            }
        }
        return found != ALL_HEADERS
                ? Optional.empty()
                : Optional.of(new StoredEvent(
                        new Position(incarnation, position),
                        tenant,
                        StreamPartitions.stream(message.key()),
                        sequence,
                        type,
                        revision,
                        Instant.EPOCH.plus(at, ChronoUnit.MICROS),
                        message.value()));
    }

    private static boolean isLongEnough(Header header) {
        int least =
                switch (header.key()) {
                    case "p", "i", "s", "at" -> Long.BYTES;
                    case "t", "n", "r" -> Integer.BYTES;
                    default -> 0;
                };
        return least == 0 || (header.value() != null && header.value().length >= least);
    }

    private static long longOf(Header header) {
        return ByteBuffer.wrap(header.value()).getLong();
    }

    private static int intOf(Header header) {
        return ByteBuffer.wrap(header.value()).getInt();
    }
}
