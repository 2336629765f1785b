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
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
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
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration END = Duration.ofSeconds(10);
    private static final long BACKOFF_MILLIS = 1_000;

    private final Projection projection;
    private final StreamSettings stream;
    private final EventStore store;
    private final EventCodec codec;
    private final IntPredicate configuration;
    private final RunnerSettings settings;
    private final ModelVersion version;
    private final KafkaClients clients;
    private final StoreFeed feed;
    private final Map<Integer, PartitionWorker> workers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String problem;

    /**
     * @param configuration whether events of this type travel on every partition, as the publisher was told
     * @param version which version of its read model {@code projection} writes
     */
    public ProjectionRunner(
            Projection projection,
            StreamSettings stream,
            EventStore store,
            EventCodec codec,
            IntPredicate configuration,
            RunnerSettings settings,
            ModelVersion version) {
        this.projection = projection;
        this.stream = stream;
        this.store = store;
        this.codec = codec;
        this.configuration = configuration;
        this.settings = settings;
        this.version = version;
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
            } catch (RuntimeException e) {
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
            consumer.subscribe(List.of(stream.topic()), new Assignment(consumer));
            problem = null;
            while (isOpen()) {
                steer(consumer);
                hand(consumer);
            }
        } finally {
            end(List.copyOf(workers.keySet()));
        }
    }

    /** Seeks where a worker asked for it, and reads on only what there is room for. */
    private void steer(Consumer<byte[], byte[]> consumer) {
        workers.forEach((partition, worker) -> {
            TopicPartition here = new TopicPartition(stream.topic(), partition);
            if (!consumer.assignment().contains(here)) {
                return;
            }
            OptionalLong wanted = worker.inbox().takeWanted();
            if (wanted.isPresent() && wanted.getAsLong() == Inbox.BEGINNING) {
                consumer.seekToBeginning(List.of(here));
            } else if (wanted.isPresent()) {
                consumer.seek(here, wanted.getAsLong());
            }
            if (worker.inbox().hasRoom()) {
                consumer.resume(List.of(here));
            } else {
                consumer.pause(List.of(here));
            }
        });
    }

    private void hand(Consumer<byte[], byte[]> consumer) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> here = records.records(partition);
                PartitionWorker worker = workers.get(partition.partition());
                if (worker != null) {
                    worker.inbox().leave(here);
                }
            }
        } catch (OffsetOutOfRangeException e) {
            // Kafka's log begins later, or ends earlier, than the checkpoint. Reading from its beginning is always
            // right:
            // the first watermark shows what is missing, and what was handled before is dropped.
            LOG.warn("{}: Kafka no longer has the offsets {}", projection.name(), e.offsetOutOfRangePartitions());
            consumer.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
        }
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

        private final Consumer<byte[], byte[]> consumer;

        Assignment(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Kafka wants a position at once. Nothing is read from it: the worker says where to seek.
            partitions.forEach(partition -> consumer.seek(partition, 0));
            consumer.pause(partitions);
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
