package io.gamemetrics.projections.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A projection's own consumer: reads the partitions it was given from where each one's inbox is. Used by one thread. */
final class OwnReading {

    private static final Logger LOG = LoggerFactory.getLogger(OwnReading.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final String projection;
    private final Consumer<byte[], byte[]> consumer;

    /** Where the consumer stands on a partition, after the last record it gave; absent before the first seek. */
    private final Map<TopicPartition, Long> at = new HashMap<>();

    OwnReading(String projection, Consumer<byte[], byte[]> consumer) {
        this.projection = projection;
        this.consumer = consumer;
    }

    /** Makes the consumer ready for partitions it was just given; nothing is read before an inbox says from where. */
    void begin(Collection<TopicPartition> partitions) {
        // Kafka wants a position at once. Nothing is read from it.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        // It may have had them before.
        at.keySet().removeAll(partitions);
    }

    /**
     * Fills the inboxes once; those that are full, or filled by others, are left alone.
     *
     * @param inboxes a partition's; absent: nobody reads it
     */
    void round(Function<TopicPartition, @Nullable Inbox> inboxes) {
        for (TopicPartition partition : consumer.assignment()) {
            Inbox inbox = inboxes.apply(partition);
            if (inbox != null) {
                steer(partition, inbox);
            }
        }
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                hand(partition, records.records(partition), inboxes.apply(partition));
            }
        } catch (OffsetOutOfRangeException e) {
            // Kafka's log begins later, or ends earlier, than the checkpoint. Reading from its beginning is always
            // right: the first watermark shows what is missing, and what was handled before is dropped.
            LOG.warn("{}: Kafka no longer has the offsets {}", projection, e.offsetOutOfRangePartitions());
            for (TopicPartition partition : e.offsetOutOfRangePartitions().keySet()) {
                at.remove(partition);
                Inbox inbox = inboxes.apply(partition);
                if (inbox != null) {
                    inbox.beginAgain();
                }
            }
        }
    }

    private void steer(TopicPartition partition, Inbox inbox) {
        List<TopicPartition> here = List.of(partition);
        OptionalLong next = inbox.ownNext();
        if (next.isEmpty()) {
            consumer.pause(here);
            return;
        }
        Long stands = at.get(partition);
        if (stands == null || stands != next.getAsLong()) {
            if (next.getAsLong() == Inbox.BEGINNING) {
                consumer.seekToBeginning(here);
            } else {
                consumer.seek(partition, next.getAsLong());
            }
            at.put(partition, next.getAsLong());
        }
        consumer.resume(here);
    }

    private void hand(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> messages, @Nullable Inbox inbox) {
        Stretch stretch = Stretch.of(requireNonNull(at.get(partition)), messages);
        at.put(partition, stretch.to());
        if (inbox != null) {
            inbox.leave(stretch, consumer.currentLag(partition).orElse(1) == 0);
        }
    }
}
