package io.gamemetrics.projections.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A store, a topic, a publisher, and a counting projection's tables: everything a runner needs, all real. */
final class LiveStream implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final String url = TestPostgres.newDatabase();
    final StreamSettings settings = StreamSettings.of(TestKafka.bootstrapServers())
            .withTopic("test-" + UUID.randomUUID(), PARTITIONS)
            .withBatchEvents(40)
            .withStandbyAfter(Duration.ofSeconds(1));
    final PostgresEventStore store = PostgresEventStore.open(EventStoreSettings.of(url, "", ""));
    final CountingStore counts = new CountingStore(url);
    final List<UUID> streams =
            IntStream.range(0, 15).mapToObj(i -> newStreamIn(i % PARTITIONS)).toList();
    private final Map<UUID, Long> appended = new HashMap<>();
    private final List<Runnable> started = new ArrayList<>();

    /** Where the store and the counts are. */
    String url() {
        return url;
    }

    /** Connections to the same, closed with this. */
    DataSource database() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setMinimumIdle(0);
        started.add(database::close);
        return database;
    }

    /** Starts what is to be closed with this. */
    ProjectionSupervisor start(ProjectionSupervisor supervisor) {
        started.add(supervisor::close);
        supervisor.start();
        return supervisor;
    }

    EventPublisher publish() {
        return publish(settings);
    }

    /** For tests with a hundred thousand events: some thousand transactions of Kafka would take a minute. */
    EventPublisher publishInBulk() {
        return publish(settings.withBatchEvents(5_000));
    }

    private EventPublisher publish(StreamSettings settings) {
        EventPublisher publisher = new EventPublisher(settings, store, LiveStream::isConfiguration);
        started.add(publisher::close);
        publisher.start();
        return publisher;
    }

    ProjectionRunner run(Projection projection) {
        return run(projection, new TestCodec(), RunnerSettings.defaults());
    }

    ProjectionRunner run(Projection projection, EventCodec codec, RunnerSettings runner) {
        return run(projection, codec, runner, ModelVersion.first());
    }

    ProjectionRunner run(Projection projection, EventCodec codec, RunnerSettings runner, ModelVersion version) {
        return start(
                new ProjectionRunner(projection, settings, store, codec, LiveStream::isConfiguration, runner, version));
    }

    /** One that others of this process share the head of the stream with. */
    ProjectionRunner run(Projection projection, RunnerSettings runner, SharedStream shared) {
        return start(new ProjectionRunner(
                projection,
                settings,
                store,
                new TestCodec(),
                LiveStream::isConfiguration,
                runner,
                ModelVersion.first(),
                shared));
    }

    private ProjectionRunner start(ProjectionRunner runner) {
        started.add(runner::close);
        runner.start();
        return runner;
    }

    /** Closed with this. */
    SharedStream share() {
        SharedStream shared = SharedStream.open(settings);
        started.add(shared::close);
        return shared;
    }

    private static UUID newStreamIn(int partition) {
        return Stream.generate(UUID::randomUUID)
                .filter(stream -> StreamPartitions.of(stream, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    static boolean isConfiguration(int type) {
        return type == TestCodec.CONFIGURATION;
    }

    /** The game a stream's player plays: 1, 2 or 3. */
    static int gameOf(UUID stream) {
        return 1 + Math.floorMod(stream.hashCode(), 3);
    }

    /** Appends so many counted events, taking turns among the streams. */
    void append(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(streams.get(i % streams.size()), TestCodec.COUNTED));
        }
        store.append(EventGroup.of(rows));
    }

    /** Appends some events every few milliseconds until {@link Sending#stop}. */
    Sending sendSteadily() {
        return new Sending();
    }

    /** A thread that appends; nobody else does meanwhile. */
    final class Sending {

        private final AtomicBoolean goesOn = new AtomicBoolean(true);
        private final Thread thread = Thread.ofPlatform().start(this::run);

        private void run() {
            while (goesOn.get()) {
                append(15);
                LockSupport.parkNanos(25_000_000);
            }
        }

        void stop() throws InterruptedException {
            goesOn.set(false);
            thread.join();
        }
    }

    /** Appends one event. */
    void append(UUID stream, int type) {
        store.append(EventGroup.of(List.of(row(stream, type))));
    }

    /** Appends so many events of one stream. */
    void append(UUID stream, int type, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(stream, type));
        }
        store.append(EventGroup.of(rows));
    }

    /** Events appended, by stream. */
    Map<UUID, Long> appended() {
        return appended;
    }

    /** A stream of a partition other than this one. */
    UUID streamIn(int partition) {
        return streams.stream()
                .filter(stream -> StreamPartitions.of(stream, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the projection's checkpoints are at the store's head, on all partitions. */
    void awaitCaughtUp() {
        Position head = store.position();
        CountingProjection reading = new CountingProjection(counts);
        await(() -> IntStream.range(0, PARTITIONS).allMatch(partition -> isAt(head, reading.checkpoint(partition))));
    }

    private static boolean isAt(Position head, @Nullable Checkpoint checkpoint) {
        return checkpoint != null && checkpoint.position().covers(head);
    }

    /** Deletes everything Kafka has of all partitions now. */
    void forgetKafka() throws Exception {
        try (Admin admin = new KafkaClients(settings).createAdmin()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                TopicPartition here = new TopicPartition(settings.topic(), partition);
                long end = admin.listOffsets(Map.of(here, OffsetSpec.latest()))
                        .partitionResult(here)
                        .get()
                        .offset();
                admin.deleteRecords(Map.of(here, RecordsToDelete.beforeOffset(end)))
                        .all()
                        .get();
            }
        }
    }

    void awaitPublished(EventPublisher publisher) {
        Position head = store.position();
        await(() -> head.equals(publisher.status().published()));
    }

    /** Waits for a state, for two minutes at most: a machine may be busy with other things. */
    static void await(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the awaited state did not come");
            }
            LockSupport.parkNanos(25_000_000);
        }
    }

    @Override
    public void close() {
        started.reversed().forEach(Runnable::run);
        store.close();
        counts.close();
    }

    private Row row(UUID stream, int type) {
        long sequence = appended.merge(stream, 1L, Long::sum) - 1;
        byte[] payload = (stream + "/" + sequence).getBytes(UTF_8);
        return new Row(stream, sequence, new Encoded(gameOf(stream), type, 1, payload, List.of()));
    }
}
