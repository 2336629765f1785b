package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** A projection: its own consumer, and what it has handled. */
final class LogReader {

    static final int CAPACITY = 20;

    private final FakeLog log;
    private final Followers followers;
    private final String seed;
    private final FakeLog.Reading consumer;
    private final OwnReading reading;
    private final List<Inbox> inboxes = new ArrayList<>();

    /** How many of the log's records it has handled, by partition. */
    private final int[] taken = new int[FakeLog.PARTITIONS];

    private boolean lost;

    /** @param seed what to say when something is wrong */
    LogReader(FakeLog log, Followers followers, String seed) {
        this.log = log;
        this.followers = followers;
        this.seed = seed;
        this.consumer = log.consumer();
        this.reading = new OwnReading("test", consumer);
        consumer.assign(IntStream.range(0, FakeLog.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(FakeLog.TOPIC, partition))
                .toList());
        for (int partition = 0; partition < FakeLog.PARTITIONS; partition++) {
            inboxes.add(new Inbox(CAPACITY, () -> 0));
            begin(partition);
        }
    }

    private void begin(int partition) {
        reading.begin(List.of(new TopicPartition(FakeLog.TOPIC, partition)));
        followers.add(partition, inboxes.get(partition));
        wants(partition, taken[partition]);
    }

    void round() {
        reading.round(partition -> inboxes.get(partition.partition()));
    }

    /** Another has the partition for a moment, and it comes back. */
    void moves(int partition) {
        inboxes.get(partition).close();
        followers.remove(inboxes.get(partition));
        inboxes.set(partition, new Inbox(CAPACITY, () -> 0));
        begin(partition);
    }

    /** How many of a partition's records it has handled. */
    int taken(int partition) {
        return taken[partition];
    }

    /** Records its own consumer was given. */
    long given() {
        return consumer.given();
    }

    /** Whether Kafka did not have everything for it. */
    boolean hasLost() {
        return lost;
    }

    /** Goes on behind so many of the log's records. */
    void wants(int partition, int count) {
        taken[partition] = count;
        inboxes.get(partition)
                .want(count == 0 ? Inbox.BEGINNING : log.offsets(partition).get(count - 1) + 1);
    }

    void take(int partition, int most) {
        try {
            for (StreamRecord record : inboxes.get(partition).take(most, 0)) {
                long begin = log.begin(partition);
                if (begin > log.offsets(partition).get(taken[partition])) {
                    lost = true;
                    taken[partition] = log.offsets(partition).indexOf(begin);
                }
                assertThat(record.offset())
                        .as(seed)
                        .isEqualTo(log.offsets(partition).get(taken[partition]));
                taken[partition]++;
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is given the first partition together with others. */
    boolean isShared() {
        return inboxes.getFirst().isShared();
    }

    boolean isWhole() {
        return IntStream.range(0, FakeLog.PARTITIONS)
                .allMatch(
                        partition -> taken[partition] == log.offsets(partition).size());
    }

    void assertWhole() {
        for (int partition = 0; partition < FakeLog.PARTITIONS; partition++) {
            assertThat(taken[partition])
                    .as("%s partition %s", seed, partition)
                    .isEqualTo(log.offsets(partition).size());
        }
    }
}
