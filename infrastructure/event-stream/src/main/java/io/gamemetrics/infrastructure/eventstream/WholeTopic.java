package io.gamemetrics.infrastructure.eventstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that Kafka still holds of the stream, from the first record retained to the last there is when it begins: also
 * what was never committed, and what is no event. Safe for concurrent use.
 */
public final class WholeTopic {

    private static final int RECORDS = 2_000;
    private static final Duration POLL = Duration.ofMillis(500);

    /** So long Kafka may say nothing. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final StreamSettings settings;
    private final EventRecordConverter converter = new EventRecordConverter();

    public WholeTopic(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * A record.
     *
     * @param bytes key, headers with their names, and value; what is absent is left out
     * @param event what it carries; absent where it is no event
     */
    public record Kept(List<byte[]> bytes, @Nullable StoredEvent event) {}

    /** Takes some records at a time. */
    public interface Page {
        void on(List<Kept> records);
    }

    /**
     * Gives all records, some at a time. A topic that is not there has none.
     *
     * @throws KafkaException when Kafka can't be asked
     */
    public void each(Page page) {
        KafkaClients clients = new KafkaClients(settings);
        try (Consumer<byte[], byte[]> consumer = clients.createSearcher(RECORDS);
                Admin admin = clients.createAdmin()) {
            if (new EventTopic(settings).isMissing(admin)) {
                return;
            }
            for (PartitionInfo partition : consumer.partitionsFor(settings.topic())) {
                each(consumer, new TopicPartition(settings.topic(), partition.partition()), page);
            }
        }
    }

    private void each(Consumer<byte[], byte[]> consumer, TopicPartition partition, Page page) {
        List<TopicPartition> here = List.of(partition);
        consumer.assign(here);
        consumer.seekToBeginning(here);
        long end = requireNonNull(consumer.endOffsets(here).get(partition));
        long heardAt = System.nanoTime();
        long at = consumer.position(partition);
        while (at < end) {
            page.on(poll(consumer, here));
            long now = consumer.position(partition);
            if (now > at) {
                heardAt = System.nanoTime();
                at = now;
            } else if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
                throw new KafkaException("Kafka gave nothing of topic " + settings.topic() + " for " + SILENCE);
            }
        }
    }

    private List<Kept> poll(Consumer<byte[], byte[]> consumer, List<TopicPartition> here) {
        try {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            List<Kept> records = new ArrayList<>();
            polled.forEach(one -> records.add(kept(one)));
            return records;
        } catch (OffsetOutOfRangeException e) {
            // Its retention is over meanwhile.
            Map<TopicPartition, Long> first = consumer.beginningOffsets(here);
            first.forEach(consumer::seek);
            return List.of();
        }
    }

    private Kept kept(ConsumerRecord<byte[], byte[]> message) {
        List<byte[]> bytes = new ArrayList<>();
        add(bytes, message.key());
        for (Header header : message.headers()) {
            add(bytes, header.key().getBytes(UTF_8));
            add(bytes, header.value());
        }
        add(bytes, message.value());
        return new Kept(bytes, event(message));
    }

    private @Nullable StoredEvent event(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return null;
        }
        try {
            return Watermark.of(message).isPresent() ? null : converter.toEvent(message);
        } catch (IllegalArgumentException e) {
            // Somebody else's: its bytes are looked through as they are.
            return null;
        }
    }

    private static void add(List<byte[]> bytes, byte @Nullable [] some) {
        if (some != null) {
            bytes.add(some);
        }
    }
}
