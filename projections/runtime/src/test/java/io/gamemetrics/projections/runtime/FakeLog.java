package io.gamemetrics.projections.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A topic's committed records, with the holes that transactions leave, and consumers of it that give some at a time. */
final class FakeLog {

    static final String TOPIC = "events";
    static final int PARTITIONS = 2;

    private final Random random;
    private final List<List<Long>> offsets = new ArrayList<>();
    private final long[] begins;

    FakeLog(Random random) {
        this.random = random;
        this.begins = new long[PARTITIONS];
        LongStream.range(0, PARTITIONS).forEach(partition -> offsets.add(new ArrayList<>()));
    }

    /** Appends some to a partition. */
    void append(int partition, int count) {
        List<Long> here = offsets.get(partition);
        for (int i = 0; i < count; i++) {
            here.add(end(partition) + (random.nextInt(4) == 0 ? 1 : 0));
        }
    }

    /** Deletes what comes before this offset. */
    void deleteBefore(int partition, long offset) {
        begins[partition] = offset;
    }

    long begin(int partition) {
        return begins[partition];
    }

    List<Long> offsets(int partition) {
        return offsets.get(partition);
    }

    private List<Long> since(int partition, long from) {
        List<Long> here = offsets.get(partition);
        int found = Collections.binarySearch(here, from);
        return here.subList(found < 0 ? -found - 1 : found, here.size());
    }

    private long end(int partition) {
        List<Long> here = offsets.get(partition);
        return here.isEmpty() ? 0 : here.getLast() + 1;
    }

    Reading consumer() {
        return new Reading();
    }

    /** Gives up to a dozen records of a partition in one poll. */
    final class Reading extends MockConsumer<byte[], byte[]> {

        private @Nullable KafkaException failure;
        private long given;

        private Reading() {
            super(OffsetResetStrategy.NONE);
        }

        /** The next poll throws this. */
        void fail(KafkaException cause) {
            failure = cause;
        }

        /** Records given so far. */
        long given() {
            return given;
        }

        @Override
        public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> seek(partition, begin(partition.partition())));
        }

        @Override
        public OptionalLong currentLag(TopicPartition partition) {
            return OptionalLong.of(end(partition.partition()) - position(partition));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (failure != null) {
                throw failure;
            }
            for (TopicPartition partition : assignment()) {
                if (!paused().contains(partition) && position(partition) < begin(partition.partition())) {
                    throw new OffsetOutOfRangeException(Map.of(partition, position(partition)));
                }
            }
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
            for (TopicPartition partition : assignment()) {
                long from = position(partition);
                if (paused().contains(partition)) {
                    continue;
                }
                List<ConsumerRecord<byte[], byte[]>> some = since(partition.partition(), from).stream()
                        .limit(random.nextInt(13))
                        .map(offset -> new ConsumerRecord<byte[], byte[]>(
                                TOPIC, partition.partition(), offset, new byte[0], new byte[0]))
                        .toList();
                if (!some.isEmpty()) {
                    records.put(partition, some);
                    given += some.size();
                    seek(partition, some.getLast().offset() + 1);
                }
            }
            return new ConsumerRecords<>(records);
        }
    }
}
