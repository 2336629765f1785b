package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.EventTopic;
import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.eventstream.StreamStoppedException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one projection up to date from the stream, sharing its partitions with other instances of it. Every event takes
 * effect exactly once, whatever is killed on the way: the projection's own checkpoint decides where to go on, watermarks
 * prove that nothing is missing, and what Kafka lost is read from the event store. Safe for concurrent use.
 */
public final class ProjectionRunner implements Running, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration END = Duration.ofSeconds(10);
    private static final long BACKOFF_MILLIS = 1_000;

    private final Projection projection;
    private final StreamSettings stream;
    private final EventStore store;
    private final EventCodec codec;
    private final IntPredicate configuration;
    private final RunnerSettings settings;
    private final ModelVersion version;
    private final @Nullable SharedStream shared;
    private final KafkaClients clients;
    private final StoreFeed feed;
    private final Map<Integer, PartitionWorker> workers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String problem;

    /** One that reads all of the stream for itself. */
    public ProjectionRunner(
            Projection projection,
            StreamSettings stream,
            EventStore store,
            EventCodec codec,
            IntPredicate configuration,
            RunnerSettings settings,
            ModelVersion version) {
        this(projection, stream, store, codec, configuration, settings, version, null);
    }

    /**
     * @param configuration whether events of this type travel on every partition, as the publisher was told
     * @param version which version of its read model {@code projection} writes
     * @param shared reads the head of the same stream for several runners of this process; absent: this one is alone
     */
    public ProjectionRunner(
            Projection projection,
            StreamSettings stream,
            EventStore store,
            EventCodec codec,
            IntPredicate configuration,
            RunnerSettings settings,
            ModelVersion version,
            @Nullable SharedStream shared) {
        this.projection = projection;
        this.stream = stream;
        this.store = store;
        this.codec = codec;
        this.configuration = configuration;
        this.settings = settings;
        this.version = version;
        this.shared = shared;
        this.feed = new StoreFeed(
                store, configuration, stream.partitions(), version.pace(), "store-feed-" + projection.name());
        this.clients = new KafkaClients(stream);
        this.thread = Thread.ofPlatform()
                .name("projection-" + projection.name())
                .daemon(true)
                .unstarted(this::run);
    }

    /** Begins to follow the stream, on threads of its own. */
    public void start() {
        thread.start();
    }

    @Override
    public ProjectionStatus status() {
        List<PartitionStatus> partitions = workers.values().stream()
                .map(PartitionWorker::status)
                .sorted(Comparator.comparingInt(PartitionStatus::partition))
                .toList();
        return new ProjectionStatus(projection.name(), partitions, problem);
    }

    /** What waits on the partitions of this instance, by partition. */
    Map<Integer, Quarantine> quarantine() {
        Map<Integer, Quarantine> here = new TreeMap<>();
        workers.forEach((partition, worker) -> here.put(partition, worker.quarantine()));
        return here;
    }

    /** Finishes the flushes at hand, gives the partitions up and stops. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(END.plusSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
    }

    private void run() {
        while (isOpen()) {
            try {
                follow();
            } catch (WakeupException e) {
                // Only an interrupt wakes this consumer: the loop's condition says whether to end.
                LOG.debug("woken", e);
            } catch (StreamStoppedException e) {
                LOG.error("{}", e.getMessage());
                problem = e.getMessage();
                return;
            } catch (RuntimeException | Error e) {
                // Also an Error: nobody else would read for this projection again.
                LOG.warn("{}: reading the stream begins again", projection.name(), e);
                problem = "Projection " + projection.name() + " can't read Kafka ("
                        + e.getClass().getSimpleName() + ") and tries again.";
                waitOut();
            }
        }
    }

    private void waitOut() {
        try {
            closing.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private void follow() {
        try (Admin admin = clients.createAdmin()) {
            new EventTopic(stream).ensure(admin);
        }
        String group = version.group(stream.topic(), projection.name());
        try (Consumer<byte[], byte[]> consumer =
                clients.createConsumer(group, settings.member(), settings.flushEvents())) {
            OwnReading reading = new OwnReading(projection.name(), consumer);
            consumer.subscribe(List.of(stream.topic()), new Assignment(reading));
            problem = null;
            while (isOpen()) {
                reading.round(this::inbox);
            }
        } finally {
            end(List.copyOf(workers.keySet()));
        }
    }

    private @Nullable Inbox inbox(TopicPartition partition) {
        PartitionWorker worker = workers.get(partition.partition());
        return worker == null ? null : worker.inbox();
    }

    private void begin(Collection<Integer> partitions) {
        for (int partition : partitions) {
            StoreRange range = new StoreRange(store, configuration, projection.name(), partition, stream.partitions());
            CatchUp catchUp = new CatchUp(store, feed, version, this::endOffset, settings.flushEvents());
            EventReader events = new EventReader(codec, configuration, projection, event -> version.selection()
                    .takes(event, partition));
            // What is parked was selected when it was parked, perhaps by the version it was taken over from.
            EventReader parked = new EventReader(codec, configuration, projection, event -> true);
            Quarantine quarantine = new Quarantine(projection, partition, store, parked);
            PartitionWorker worker = new PartitionWorker(
                    projection, partition, store, range, catchUp, events, quarantine, version.ceiling(), settings);
            workers.put(partition, worker);
            if (shared != null) {
                shared.follow(partition, worker.inbox());
            }
            worker.start();
        }
    }

    private long endOffset(int partition) {
        try (Admin admin = clients.createAdmin()) {
            return new EventTopic(stream).endOffset(admin, partition);
        }
    }

    private void end(Collection<Integer> partitions) {
        List<PartitionWorker> ending = partitions.stream()
                .map(workers::get)
                .filter(worker -> worker != null)
                .toList();
        ending.forEach(PartitionWorker::close);
        if (shared != null) {
            ending.stream().map(PartitionWorker::inbox).forEach(shared::unfollow);
        }
        ending.forEach(worker -> worker.join(END));
        partitions.forEach(workers::remove);
    }

    private boolean isOpen() {
        return closing.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }

    /** Follows what the group gives to this instance and takes from it. */
    private final class Assignment implements ConsumerRebalanceListener {

        private final OwnReading reading;

        Assignment(OwnReading reading) {
            this.reading = reading;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            reading.begin(partitions);
            begin(numbers(partitions).stream().filter(this::isRead).toList());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            end(numbers(partitions));
        }

        private boolean isRead(int partition) {
            return projection.reads() == Projection.Reads.EVERYTHING || partition == 0;
        }
    }
}
