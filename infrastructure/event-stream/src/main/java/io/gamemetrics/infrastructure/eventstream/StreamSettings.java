package io.gamemetrics.infrastructure.eventstream;

import java.time.Duration;

/**
 * How the stream lies in Kafka and how it is published.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param topic the topic's name; it is also the publisher's transactional id, so one topic has one publisher
 * @param partitions never changed for a topic: growth is a new topic and a replay
 * @param replicas copies of each partition
 * @param retention how long Kafka keeps the stream; readers further behind read the event store
 * @param retentionBytesPerPartition how much of it Kafka keeps at most
 * @param batchEvents most events in one Kafka transaction
 * @param watermarkEvery longest time between two watermarks while Kafka answers
 * @param standbyAfter how long a fenced publisher lets the stream stand still before it takes over
 */
public record StreamSettings(
        String bootstrapServers,
        String topic,
        int partitions,
        short replicas,
        Duration retention,
        long retentionBytesPerPartition,
        int batchEvents,
        Duration watermarkEvery,
        Duration standbyAfter) {

    /** The topic all events go to. */
    public static final String DEFAULT_TOPIC = "gamemetrics.events";

    public StreamSettings {
        atLeastOne("partitions", partitions);
        atLeastOne("replicas", replicas);
        atLeastOne("batchEvents", batchEvents);
    }

    /** One broker's worth: six partitions, one copy, three days or 1 GiB a partition. */
    public static StreamSettings of(String bootstrapServers) {
        return new StreamSettings(
                bootstrapServers,
                DEFAULT_TOPIC,
                6,
                (short) 1,
                Duration.ofDays(3),
                1L << 30,
                5_000,
                Duration.ofMillis(200),
                Duration.ofSeconds(5));
    }

    /** The same on another topic. */
    public StreamSettings withTopic(String name, int partitionCount) {
        return new StreamSettings(
                bootstrapServers,
                name,
                partitionCount,
                replicas,
                retention,
                retentionBytesPerPartition,
                batchEvents,
                watermarkEvery,
                standbyAfter);
    }

    /** The same with another number of events in a transaction at most. */
    public StreamSettings withBatchEvents(int most) {
        return new StreamSettings(
                bootstrapServers,
                topic,
                partitions,
                replicas,
                retention,
                retentionBytesPerPartition,
                most,
                watermarkEvery,
                standbyAfter);
    }

    /** The same with another time that a fenced publisher waits. */
    public StreamSettings withStandbyAfter(Duration silence) {
        return new StreamSettings(
                bootstrapServers,
                topic,
                partitions,
                replicas,
                retention,
                retentionBytesPerPartition,
                batchEvents,
                watermarkEvery,
                silence);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + name + "=" + value);
        }
    }
}
