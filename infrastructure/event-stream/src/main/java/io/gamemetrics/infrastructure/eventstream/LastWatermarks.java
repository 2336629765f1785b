package io.gamemetrics.infrastructure.eventstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads back what was committed last: the watermark at the end of each partition. */
final class LastWatermarks {

    private static final int FIRST_LOOK_BACK = 64;
    private static final Duration POLL = Duration.ofMillis(100);

    private LastWatermarks() {}

    /**
     * The last watermark of each partition that has one.
     *
     * @param consumer one of committed records, without a group
     */
    static Collection<Watermark> read(Consumer<byte[], byte[]> consumer, String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        Map<TopicPartition, Watermark> found = new HashMap<>();
        for (TopicPartition partition : all) {
            last(consumer, partition).ifPresent(watermark -> found.put(partition, watermark));
        }
        return found.values();
    }

    /**
     * Where to go on: the furthest of the last watermarks. Were a partition's tail lost, its readers see from the next
     * watermark that something is missing; going on from an earlier one would repeat the other partitions' events.
     */
    static Optional<Watermark> furthest(Collection<Watermark> watermarks) {
        return watermarks.stream()
                .max(Comparator.comparingLong(watermark -> watermark.position().number()));
    }

    private static Optional<Watermark> last(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        for (long lookBack = FIRST_LOOK_BACK; ; lookBack *= 16) {
            long begin =
                    requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
            long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
            long from = Math.max(begin, end - lookBack);
            try {
                Optional<Watermark> found = lastBetween(consumer, partition, from, end);
                if (found.isPresent() || from == begin) {
                    return found;
                }
            } catch (OffsetOutOfRangeException e) {
                // The log's start moved while we looked: look again from the new one.
                lookBack /= 16;
            }
        }
    }

    private static Optional<Watermark> lastBetween(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        Optional<Watermark> last = Optional.empty();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL).records(partition)) {
                Optional<Watermark> watermark = Watermark.of(message);
                last = watermark.isPresent() ? watermark : last;
            }
        }
        return last;
    }
}
