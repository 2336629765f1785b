package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the publisher says on every partition after each batch: what lies between the last watermark and this one. A
 * reader that counted something else knows that Kafka lost records, and reads the range from the event store.
 *
 * @param from the position of the watermark before this one
 * @param position everything of this partition up to here has been written before this record
 * @param lastHash hash of the store's event at {@code position}, 0 for position 0: tells a store that was restored and
 *     grew again from the one this was written from
 * @param count events of this partition after {@code from}, up to {@code position}
 * @param checksum sum modulo 2^64 of those events' hashes
 * @param at everything stored before this instant is at or before {@code position}, by the clocks of publisher and store
 */
public record Watermark(long from, Position position, long lastHash, long count, long checksum, Instant at) {

    private static final byte FORMAT = 1;
    private static final String HEADER = "w";

    ProducerRecord<byte[], byte[]> toRecord(String topic, int partition) {
        byte[] value = ByteBuffer.allocate(57)
                .put(FORMAT)
                .putLong(position.incarnation())
                .putLong(from)
                .putLong(position.number())
                .putLong(lastHash)
                .putLong(count)
                .putLong(checksum)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .array();
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, partition, null, value);
        message.headers().add(HEADER, new byte[] {FORMAT});
        return message;
    }

    /**
     * The watermark in a record; absent when the record is an event.
     *
     * @throws IllegalArgumentException when it is a watermark of a format this build doesn't know
     */
    public static Optional<Watermark> of(ConsumerRecord<byte[], byte[]> message) {
        // Events have a key, and there are many of them: their headers are not looked through.
        if (message.key() != null || message.headers().lastHeader(HEADER) == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(message.value());
        if (bytes.remaining() < 57 || bytes.get() != FORMAT) {
            throw new IllegalArgumentException("watermark of an unknown format: offset=" + message.offset());
        }
        long incarnation = bytes.getLong();
        long from = bytes.getLong();
        Position position = new Position(incarnation, bytes.getLong());
        return Optional.of(new Watermark(
                from,
                position,
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS)));
    }
}
