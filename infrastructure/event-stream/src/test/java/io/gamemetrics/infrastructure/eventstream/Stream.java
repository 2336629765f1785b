package io.gamemetrics.infrastructure.eventstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An event store and a topic of their own, and what a reader of committed records finds there. */
final class Stream implements AutoCloseable {

    /** The type these tests call configuration. */
    static final int CONFIGURATION = 9;

    final String url = TestPostgres.newDatabase();
    final StreamSettings settings = StreamSettings.of(TestKafka.bootstrapServers())
            .withTopic("test-" + UUID.randomUUID(), 3)
            .withBatchEvents(50)
            .withStandbyAfter(Duration.ofSeconds(1));
    final PostgresEventStore store = PostgresEventStore.open(EventStoreSettings.of(url, "", ""));
    private final List<UUID> streams =
            IntStream.range(0, 12).mapToObj(i -> UUID.randomUUID()).toList();
    private final Map<UUID, Long> sequences = new HashMap<>();

    EventPublisher publisher() {
        return new EventPublisher(settings, store, type -> type == CONFIGURATION);
    }

    /** Appends so many events, taking turns among a dozen streams. */
    void append(int count) {
        append(count, 1);
    }

    void append(int count, int type) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID stream = streams.get(i % streams.size());
            long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
            byte[] payload = ("payload of " + stream + "/" + sequence).getBytes(UTF_8);
            rows.add(new Row(stream, sequence, new Encoded(5, type, 1, payload, List.of())));
        }
        store.append(EventGroup.of(rows));
    }

    /** Reads from the store where each stream stands, as after a restore. */
    void forgetSequences() {
        sequences.clear();
        store.headSequences(streams).forEach((stream, last) -> sequences.put(stream, last + 1));
    }

    /** All committed records of a partition, in order. */
    List<ConsumerRecord<byte[], byte[]>> records(int partition) {
        TopicPartition here = new TopicPartition(settings.topic(), partition);
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings).createConsumer(null, null, 1_000)) {
            consumer.assign(List.of(here));
            consumer.seekToBeginning(List.of(here));
            long end = consumer.endOffsets(List.of(here)).getOrDefault(here, 0L);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(here) < end) {
                records.addAll(consumer.poll(Duration.ofMillis(100)).records(here));
            }
            return records;
        }
    }

    /** The committed events of a partition, in order, each watermark among them checked. */
    List<StoredEvent> events(int partition) {
        EventRecordConverter converter = new EventRecordConverter();
        List<StoredEvent> events = new ArrayList<>();
        long from = 0;
        long count = 0;
        long checksum = 0;
        for (ConsumerRecord<byte[], byte[]> message : records(partition)) {
            Watermark watermark = Watermark.of(message).orElse(null);
            if (watermark == null) {
                events.add(converter.toEvent(message));
                count++;
                checksum += EventHash.of(events.getLast());
                continue;
            }
            if (watermark.from() != from || watermark.count() != count || watermark.checksum() != checksum) {
                throw new AssertionError("a watermark does not fit what is before it: " + watermark + " after " + from
                        + ", count " + count);
            }
            from = watermark.position().number();
            count = 0;
            checksum = 0;
        }
        return events;
    }

    /** The positions of the committed events of all partitions, sorted; configuration once a partition. */
    List<Long> positions() {
        return IntStream.range(0, settings.partitions())
                .mapToObj(this::events)
                .flatMap(List::stream)
                .map(event -> event.position().number())
                .sorted()
                .toList();
    }

    /** Waits until the publisher has published what the store has now. */
    void awaitPublished(EventPublisher publisher) {
        var head = store.position();
        await(() -> head.equals(publisher.status().published()));
    }

    /** Waits for a state, for two minutes at most. */
    static void await(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the awaited state did not come");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
