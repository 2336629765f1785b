package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.EventRecordConverter;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StreamRecordTest {

    @Test
    void an_event_is_read_with_its_hash() {
        StoredEvent event =
                new StoredEvent(new Position(7, 5), 1, UUID.randomUUID(), 3, 2, 1, Instant.EPOCH, new byte[] {1, 2, 3});
        ProducerRecord<byte[], byte[]> sent = new EventRecordConverter().toRecord(event, "events", 0);
        ConsumerRecord<byte[], byte[]> given = new ConsumerRecord<>("events", 0, 9, sent.key(), sent.value());
        sent.headers().forEach(given.headers()::add);

        assertThat(StreamRecord.of(given)).isEqualTo(new StreamRecord.Event(9, event, EventHash.of(event)));
    }

    @Test
    void what_nobody_here_wrote_is_told_as_such() {
        ConsumerRecord<byte[], byte[]> given = new ConsumerRecord<>("events", 0, 9, new byte[3], new byte[0]);

        assertThat(StreamRecord.of(given)).isEqualTo(new StreamRecord.Foreign(9));
    }

    @Test
    void a_watermark_of_an_unknown_format_fails_whoever_handles_it_and_not_who_fetches() {
        ConsumerRecord<byte[], byte[]> given = new ConsumerRecord<>("events", 0, 9, null, new byte[] {2});
        given.headers().add("w", new byte[] {2});
        StreamRecord record = StreamRecord.of(given);

        assertThatThrownBy(() -> new SegmentReader("test", new Position(7, 5)).accept(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown format");
    }
}
