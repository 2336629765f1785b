package io.gamemetrics.projections.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer without a group that reads partitions for all {@link Followers}, from where the first of them has come to the end
 * of the log. It waits for nobody and goes back for nobody. Used by one thread.
 */
final class SharedReading {

    private static final Duration POLL = Duration.ofMillis(50);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Followers followers;

    /** Where the consumer stands, after the last record it gave. */
    private final Map<TopicPartition, Long> at = new HashMap<>();

    SharedReading(String topic, Consumer<byte[], byte[]> consumer, Followers followers) {
        this.topic = topic;
        this.consumer = consumer;
        this.followers = followers;
    }

    /**
     * Reads once what somebody wants, and gives it to all.
     *
     * @return whether anybody wants anything
     */
    boolean round() {
        Map<TopicPartition, Long> wanted = followers.wanted().entrySet().stream()
                .collect(Collectors.toMap(each -> new TopicPartition(topic, each.getKey()), Map.Entry::getValue));
        follow(wanted);
        if (wanted.isEmpty()) {
            return false;
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            Stretch stretch = Stretch.of(requireNonNull(at.get(partition)), records.records(partition));
            at.put(partition, stretch.to());
            followers.give(partition.partition(), stretch);
        }
        return true;
    }

    /** Begins with what is wanted newly, and ends with what nobody wants; all else goes on where it is. */
    private void follow(Map<TopicPartition, Long> wanted) {
        if (wanted.keySet().equals(at.keySet())) {
            return;
        }
        Set<TopicPartition> partitions = wanted.keySet();
        consumer.assign(partitions);
        at.keySet().retainAll(partitions);
        wanted.forEach((partition, from) -> {
            if (at.putIfAbsent(partition, from) == null) {
                consumer.seek(partition, from);
            }
        });
    }
}
