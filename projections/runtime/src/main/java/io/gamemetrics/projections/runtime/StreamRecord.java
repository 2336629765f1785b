package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.EventRecordConverter;
import io.gamemetrics.infrastructure.eventstream.Watermark;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one of Kafka's records says, read once for everybody who is given it. Safe for concurrent use. */
sealed interface StreamRecord {

    EventRecordConverter CONVERTER = new EventRecordConverter();

    /** Where in the partition's log it lies. */
    long offset();

    /** @param hash what {@link EventHash#of(StoredEvent)} says of the event */
    record Event(long offset, StoredEvent event, long hash) implements StreamRecord {}

    /** What should lie before it. */
    record Mark(long offset, Watermark watermark) implements StreamRecord {}

    /** Not one of ours. */
    record Foreign(long offset) implements StreamRecord {}

    /** A watermark this build can't read. */
    record UnreadableMark(long offset, RuntimeException cause) implements StreamRecord {}

    /** Never fails: whoever fetches reads for several, and each of them says what is wrong with its own stream. */
    static StreamRecord of(ConsumerRecord<byte[], byte[]> message) {
        Optional<Watermark> watermark;
        try {
            watermark = Watermark.of(message);
        } catch (RuntimeException e) {
            return new UnreadableMark(message.offset(), e);
        }
        if (watermark.isPresent()) {
            return new Mark(message.offset(), watermark.get());
        }
        try {
            StoredEvent event = CONVERTER.toEvent(message);
            return new Event(message.offset(), event, EventHash.of(event));
        } catch (RuntimeException e) {
            return new Foreign(message.offset());
        }
    }
}
