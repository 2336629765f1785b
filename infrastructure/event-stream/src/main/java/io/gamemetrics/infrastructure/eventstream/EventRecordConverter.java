package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Stored events as Kafka records and back, the payload's bytes untouched. Key: the stream's 16 bytes. Headers, binary and
 * big-endian: {@code p} position, {@code i} incarnation, {@code t} tenant, {@code n} type, {@code r} revision, {@code s}
 * sequence, {@code at} time of storing in microseconds since 1970. As Axon's converter it takes and gives messages whose
 * payload is the {@link StoredEvent}. Safe for concurrent use.
 */
public final class EventRecordConverter implements KafkaMessageConverter<byte[], byte[]> {

    private static final int ALL_HEADERS = 0b111_1111;

    /** The record of an event; {@code partition} absent: Kafka's partitioner chooses by the key, which is the same. */
    public ProducerRecord<byte[], byte[]> toRecord(StoredEvent event, String topic, @Nullable Integer partition) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, partition, StreamPartitions.key(event.stream()), event.payload());
        Headers headers = message.headers();
        headers.add("p", bytes(event.position().number()));
        headers.add("i", bytes(event.position().incarnation()));
        headers.add("t", bytes(event.tenant()));
        headers.add("n", bytes(event.type()));
        headers.add("r", bytes(event.revision()));
        headers.add("s", bytes(event.sequence()));
        headers.add("at", bytes(ChronoUnit.MICROS.between(Instant.EPOCH, event.storedAt())));
        return message;
    }

    /**
     * The event in a record.
     *
     * @throws IllegalArgumentException when it is not a record this class made
     */
    public StoredEvent toEvent(ConsumerRecord<byte[], byte[]> message) {
        long position = 0;
        long incarnation = 0;
        int tenant = 0;
        int type = 0;
        int revision = 0;
        long sequence = 0;
        long at = 0;
        int found = 0;
        for (Header header : message.headers()) {
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
                    // A header of a newer build adds to the record and changes nothing of these.
                }
            }
        }
        if (found != ALL_HEADERS || message.key() == null || message.key().length != 16 || message.value() == null) {
            throw new IllegalArgumentException("not a record of the event stream: partition=" + message.partition()
                    + " offset=" + message.offset());
        }
        return new StoredEvent(
                new Position(incarnation, position),
                tenant,
                StreamPartitions.stream(message.key()),
                sequence,
                type,
                revision,
                Instant.EPOCH.plus(at, ChronoUnit.MICROS),
                message.value());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the message's payload is not a {@link StoredEvent}
     */
    @Override
    public ProducerRecord<byte[], byte[]> createKafkaMessage(EventMessage<?> eventMessage, String topic) {
        if (eventMessage.getPayload() instanceof StoredEvent event) {
            return toRecord(event, topic, null);
        }
        throw new IllegalArgumentException("only stored events travel in the stream: "
                + eventMessage.getPayloadType().getName());
    }

    /** The event in a record; absent when the record is a watermark. */
    @Override
    public Optional<EventMessage<?>> readKafkaMessage(ConsumerRecord<byte[], byte[]> consumerRecord) {
        if (Watermark.of(consumerRecord).isPresent()) {
            return Optional.empty();
        }
        StoredEvent event = toEvent(consumerRecord);
        UUID stream = event.stream();
        return Optional.of(new GenericDomainEventMessage<>(
                "stream",
                stream.toString(),
                event.sequence(),
                event,
                MetaData.emptyInstance(),
                event.position().toString(),
                event.storedAt()));
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static long longOf(Header header) {
        return ByteBuffer.wrap(header.value()).getLong();
    }

    private static int intOf(Header header) {
        return ByteBuffer.wrap(header.value()).getInt();
    }
}
