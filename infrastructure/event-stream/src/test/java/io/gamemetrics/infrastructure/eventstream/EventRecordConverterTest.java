package io.gamemetrics.infrastructure.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordConverterTest {

    private static final StoredEvent EVENT = new StoredEvent(
            new Position(Long.MAX_VALUE, 1L << 40),
            -3,
            UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"),
            77,
            300,
            2,
            Instant.parse("2026-11-22T10:15:30.123456Z"),
            new byte[] {0, -1, 127, -128});

    private final EventRecordConverter converter = new EventRecordConverter();

    @Test
    void an_event_comes_back_as_it_was_its_bytes_untouched() {
        ProducerRecord<byte[], byte[]> sent = converter.toRecord(EVENT, "topic", 4);
        StoredEvent read = converter.toEvent(received(sent));

        assertThat(sent.value()).isSameAs(EVENT.payload());
        assertThat(sent.partition()).isEqualTo(4);
        assertThat(read).usingRecursiveComparison().isEqualTo(EVENT);
    }

    @Test
    void a_record_of_an_earlier_build_is_read_and_one_that_lacks_a_header_is_refused() {
        ProducerRecord<byte[], byte[]> sent = earlier();
        ProducerRecord<byte[], byte[]> incomplete = earlier();
        incomplete.headers().remove("n");

        assertThat(converter.toEvent(received(sent))).usingRecursiveComparison().isEqualTo(EVENT);
        assertThatThrownBy(() -> converter.toEvent(received(incomplete))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "i", "t", "n", "r", "s", "at", "e"})
    void a_header_without_its_bytes_makes_a_record_of_somebody_else(String header) {
        for (byte[] value : new byte[][] {null, {}, {1, 2, 3}}) {
            ProducerRecord<byte[], byte[]> foreign =
                    header.equals("e") ? converter.toRecord(EVENT, "topic", 4) : earlier();
            foreign.headers().remove(header).add(header, value);

            assertThatThrownBy(() -> converter.toEvent(received(foreign)))
                    .as("of %s bytes", value == null ? "no" : value.length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_format_that_this_build_does_not_know_is_refused() {
        ProducerRecord<byte[], byte[]> later = converter.toRecord(EVENT, "topic", 4);
        later.headers().lastHeader("e").value()[0] = 2;
        ProducerRecord<byte[], byte[]> cut = converter.toRecord(EVENT, "topic", 4);
        byte[] header = cut.headers().lastHeader("e").value();
        cut.headers().remove("e").add("e", Arrays.copyOf(header, header.length - 1));
        ProducerRecord<byte[], byte[]> longer = converter.toRecord(EVENT, "topic", 4);
        longer.headers().remove("e").add("e", Arrays.copyOf(header, header.length + 8));

        assertThatThrownBy(() -> converter.toEvent(received(later))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> converter.toEvent(received(cut))).isInstanceOf(IllegalArgumentException.class);
        assertThat(converter.toEvent(received(longer)))
                .as("what is added to the end changes nothing of the rest")
                .usingRecursiveComparison()
                .isEqualTo(EVENT);
    }

    @Test
    void an_axon_message_carries_the_stored_event_both_ways() {
        ProducerRecord<byte[], byte[]> sent =
                converter.createKafkaMessage(GenericEventMessage.asEventMessage(EVENT), "topic");
        DomainEventMessage<?> read = (DomainEventMessage<?>)
                converter.readKafkaMessage(received(sent)).orElseThrow();

        assertThat(read.getAggregateIdentifier()).isEqualTo(EVENT.stream().toString());
        assertThat(read.getSequenceNumber()).isEqualTo(77);
        assertThat(read.getPayload()).usingRecursiveComparison().isEqualTo(EVENT);
    }

    @Test
    void a_message_that_is_not_a_stored_event_is_refused() {
        assertThatThrownBy(() -> converter.createKafkaMessage(GenericEventMessage.asEventMessage("plain"), "topic"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_record_of_somebody_else_is_refused() {
        ProducerRecord<byte[], byte[]> foreign = new ProducerRecord<>("topic", 0, new byte[16], new byte[1]);

        assertThatThrownBy(() -> converter.toEvent(received(foreign))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_watermark_comes_back_as_it_was_and_is_no_event() {
        Watermark watermark =
                new Watermark(5, new Position(42, 9), -7, 4, -1, Instant.parse("2026-01-01T00:00:00.000001Z"));
        ConsumerRecord<byte[], byte[]> read = received(watermark.toRecord("topic", 1));

        assertThat(Watermark.of(read)).contains(watermark);
        assertThat(converter.readKafkaMessage(read)).isEmpty();
        assertThat(Watermark.of(received(converter.toRecord(EVENT, "topic", 1))))
                .isEmpty();
    }

    @Test
    void a_streams_partition_never_changes() {
        // Approved: another answer would break the order of every player's events in every topic there is.
        assertThat(StreamPartitions.of(EVENT.stream(), 6)).isEqualTo(2);
        assertThat(StreamPartitions.of(new UUID(0, 0), 6)).isEqualTo(4);
    }

    /** With a header for each part, as it was written before there was one for all. */
    private static ProducerRecord<byte[], byte[]> earlier() {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>("topic", 4, StreamPartitions.key(EVENT.stream()), EVENT.payload());
        message.headers()
                .add("p", bytes(EVENT.position().number()))
                .add("i", bytes(EVENT.position().incarnation()))
                .add("t", bytes(EVENT.tenant()))
                .add("n", bytes(EVENT.type()))
                .add("r", bytes(EVENT.revision()))
                .add("s", bytes(EVENT.sequence()))
                .add("at", bytes(ChronoUnit.MICROS.between(Instant.EPOCH, EVENT.storedAt())));
        return message;
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                12,
                0,
                TimestampType.CREATE_TIME,
                16,
                sent.value().length,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }
}
