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
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.extensions.kafka.eventhandling.KafkaMessageConverter;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Stored events as Kafka records and back, the payload's bytes untouched. Key: the stream's 16 bytes. One header, {@code e},
 * binary and big-endian: a byte for the format, position, incarnation, tenant, type, revision, sequence, and time of storing in
 * microseconds since 1970. As Axon's converter it takes and gives messages whose payload is the {@link StoredEvent}. Safe for
 * concurrent use.
 */
public final class EventRecordConverter implements KafkaMessageConverter<byte[], byte[]> {

    private static final String HEADER = "e";
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = Byte.BYTES + 4 * Long.BYTES + 3 * Integer.BYTES;

    /** The record of an event; {@code partition} absent: Kafka's partitioner chooses by the key, which is the same. */
    public ProducerRecord<byte[], byte[]> toRecord(StoredEvent event, String topic, @Nullable Integer partition) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, partition, StreamPartitions.key(event.stream()), event.payload());
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(FORMAT)
                .putLong(event.position().number())
                .putLong(event.position().incarnation())
                .putInt(event.tenant())
                .putInt(event.type())
                .putInt(event.revision())
                .putLong(event.sequence())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.storedAt()))
                .array();
        message.headers().add(HEADER, header);
        return message;
    }

    /**
     * The event in a record.
     *
     * @throws IllegalArgumentException when it is not a record this class made
     */
    public StoredEvent toEvent(ConsumerRecord<byte[], byte[]> message) {
        if (message.key() == null || message.key().length != 16 || message.value() == null) {
            throw foreign(message);
        }
        Header header = message.headers().lastHeader(HEADER);
        if (header == null) {
            return EarlierRecords.toEvent(message).orElseThrow(() -> foreign(message));
        }
        // A later build may add to the end what this one needs not know; anything else is another format.
        if (header.value() == null || header.value().length < HEADER_BYTES || header.value()[0] != FORMAT) {
            throw foreign(message);
        }
        ByteBuffer bytes = ByteBuffer.wrap(header.value()).position(1);
        long number = bytes.getLong();
        Position position = new Position(bytes.getLong(), number);
        int tenant = bytes.getInt();
        int type = bytes.getInt();
        int revision = bytes.getInt();
        return new StoredEvent(
                position,
                tenant,
                StreamPartitions.stream(message.key()),
                bytes.getLong(),
                type,
                revision,
                Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS),
                message.value());
    }

    private static IllegalArgumentException foreign(ConsumerRecord<byte[], byte[]> message) {
        return new IllegalArgumentException(
                "not a record of the event stream: partition=" + message.partition() + " offset=" + message.offset());
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
}
