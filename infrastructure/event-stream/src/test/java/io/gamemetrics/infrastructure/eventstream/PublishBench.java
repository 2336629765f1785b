package io.gamemetrics.infrastructure.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.BenchSettings;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.extensions.kafka.eventhandling.producer.ConfirmationMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many stored events a second does the publisher bring from PostgreSQL to Kafka? Events of 300 random bytes. Baselines in
 * the same run: the same records sent by a bare transactional producer that has them in memory, as many a transaction; and
 * the Kafka extension's publisher, which has them in memory too, with a transaction an event and with waiting for
 * Kafka's answer to each. Every round has a topic of its own.
 */
@Tag("bench")
class PublishBench {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int EVENTS = Integer.getInteger("events", 500_000);
    private static final int EVENTS_WITH_AN_ANSWER = Integer.getInteger("eventsWithAnAnswer", 20_000);
    private static final int EVENTS_WITH_A_TRANSACTION = Integer.getInteger("eventsWithATransaction", 1_000);
    private static final int GROUP = 1_000;
    private static final int STREAM = 10;
    private static final int BYTES = 300;

    @Test
    void published_events() throws Exception {
        try (EventStore store = PostgresEventStore.open(EventStoreSettings.of(TestPostgres.newDatabase(), "", ""))) {
            fill(store);
            List<StoredEvent> events = events(store);
            long[] ours = new long[ROUNDS];
            Map<String, long[]> baselines = new LinkedHashMap<>();
            // The first round warms all up and is not counted.
            for (int round = -1; round < ROUNDS; round++) {
                int at = Math.max(0, round);
                ours[at] = published(store);
                rounds(baselines, "bareTransactionalProducer")[at] = bare(events);
                rounds(baselines, "kafkaPublisherWaitForAck")[at] = extension(
                        events.subList(0, Math.min(EVENTS, EVENTS_WITH_AN_ANSWER)), ConfirmationMode.WAIT_FOR_ACK);
                rounds(baselines, "kafkaPublisherTransactional")[at] = extension(
                        events.subList(0, Math.min(EVENTS, EVENTS_WITH_A_TRANSACTION)), ConfirmationMode.TRANSACTIONAL);
            }
            System.out.print(BenchReport.write(
                    "publish",
                    "events/s",
                    BenchSettings.json(
                            Map.of("events", EVENTS, "eventsATransaction", topic().batchEvents(), "bytes", BYTES)),
                    ours,
                    baselines));
            assertThat(ours).doesNotContain(0L);
        }
    }

    private static StreamSettings topic() {
        StreamSettings defaults = StreamSettings.of(TestKafka.bootstrapServers());
        return defaults.withTopic("publish-" + UUID.randomUUID(), defaults.partitions());
    }

    /** A new topic that exists: what is measured is not how Kafka makes one. */
    private static StreamSettings newTopic() {
        StreamSettings settings = topic();
        try (Admin admin = new KafkaClients(settings).createAdmin()) {
            new EventTopic(settings).ensure(admin);
        }
        return settings;
    }

    private static long published(EventStore store) {
        Position head = store.position();
        long begun = System.nanoTime();
        try (EventPublisher publisher = new EventPublisher(newTopic(), store, type -> false)) {
            publisher.start();
            Stream.await(() -> head.equals(publisher.status().published()));
            return perSecond(EVENTS, begun);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The commit fails when one of them did.
    private static long bare(List<StoredEvent> events) {
        StreamSettings settings = newTopic();
        EventRecordConverter converter = new EventRecordConverter();
        try (Producer<byte[], byte[]> producer = new KafkaClients(settings).createProducer()) {
            producer.initTransactions();
            long begun = System.nanoTime();
            for (int from = 0; from < events.size(); from += settings.batchEvents()) {
                producer.beginTransaction();
                for (StoredEvent event : events.subList(from, Math.min(events.size(), from + settings.batchEvents()))) {
                    producer.send(converter.toRecord(event, settings.topic(), null));
                }
                producer.commitTransaction();
            }
            return perSecond(events.size(), begun);
        }
    }

    private static long extension(List<StoredEvent> events, ConfirmationMode mode) {
        try (ExtensionPublisher publisher = new ExtensionPublisher(newTopic(), mode)) {
            long begun = System.nanoTime();
            events.forEach(publisher::publish);
            return perSecond(events.size(), begun);
        }
    }

    private static long perSecond(long count, long begun) {
        return count * 1_000_000_000L / (System.nanoTime() - begun);
    }

    private static long[] rounds(Map<String, long[]> baselines, String name) {
        return baselines.computeIfAbsent(name, any -> new long[ROUNDS]);
    }

    private static void fill(EventStore store) {
        Random random = new Random(1);
        UUID stream = new UUID(random.nextLong(), random.nextLong());
        for (int from = 0; from < EVENTS; from += GROUP) {
            List<Row> rows = new ArrayList<>(GROUP);
            for (int i = from; i < Math.min(EVENTS, from + GROUP); i++) {
                if (i % STREAM == 0) {
                    stream = new UUID(random.nextLong(), random.nextLong());
                }
                byte[] payload = new byte[BYTES];
                random.nextBytes(payload);
                rows.add(new Row(stream, i % STREAM, new Encoded(1, 2, 1, payload, List.of())));
            }
            store.append(EventGroup.of(rows));
        }
    }

    private static List<StoredEvent> events(EventStore store) {
        List<StoredEvent> events = new ArrayList<>(EVENTS);
        Position at = new Position(store.position().incarnation(), 0);
        while (events.size() < EVENTS) {
            events.addAll(store.read(at, GROUP));
            at = events.getLast().position();
        }
        return events;
    }
}
