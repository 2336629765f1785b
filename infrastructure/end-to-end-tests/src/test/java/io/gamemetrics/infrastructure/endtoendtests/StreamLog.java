package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.eventstream.Watermark;
import io.gamemetrics.sharedkernel.ids.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Kafka's log of the events, for somebody who damages it with Kafka's own tools or on its disk. */
record StreamLog(Backends backends) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Waits until every partition says that it is complete up to that position. */
    void awaitPublished(String position) {
        Position wanted = Position.parse(position);
        List<TopicPartition> partitions = partitions();
        Set<TopicPartition> complete = new HashSet<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings()).createConsumer(null, null, 1_000)) {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (complete.size() < partitions.size()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("not published on all partitions: " + complete);
                }
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    if (Watermark.of(message).stream()
                            .anyMatch(watermark -> watermark.position().covers(wanted))) {
                        complete.add(new TopicPartition(message.topic(), message.partition()));
                    }
                }
            }
        }
    }

    /** Deletes all records there are now, as {@code kafka-delete-records} does. */
    void deleteRecords() throws Exception {
        List<TopicPartition> partitions = partitions();
        try (Admin admin = new KafkaClients(settings()).createAdmin();
                Consumer<byte[], byte[]> consumer = new KafkaClients(settings()).createConsumer(null, null, 1)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            admin.deleteRecords(ends.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get();
        }
    }

    /** Cuts the end off every partition's last file, each somewhere else; while Kafka is dead. */
    void cutFiles(Random random) throws IOException {
        for (TopicPartition partition : partitions()) {
            try (Stream<Path> files = Files.list(backends.kafkaLogs().resolve(partition.toString()))) {
                Path last = files.filter(file -> file.toString().endsWith(".log"))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
                try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                    file.truncate((long) (file.size() * random.nextDouble()));
                }
            }
        }
    }

    /** Deletes all that Kafka has; while it is dead. */
    void deleteFiles() throws IOException {
        try (Stream<Path> files = Files.walk(backends.kafkaLogs())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, settings().partitions())
                .mapToObj(partition -> new TopicPartition(settings().topic(), partition))
                .toList();
    }

    private StreamSettings settings() {
        return StreamSettings.of(backends.kafka().bootstrapServers());
    }
}
