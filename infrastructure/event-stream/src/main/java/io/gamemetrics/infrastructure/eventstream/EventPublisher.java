package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.axonframework.extensions.kafka.eventhandling.producer.ProducerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event store and publishes it to Kafka: every event once and whole batches only, for readers of committed
 * records, whatever is killed on the way. There is one at a time for a topic: a second one that starts takes over, and
 * the first stands by. Safe for concurrent use.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final EventStore store;
    private final IntPredicate configuration;
    private final KafkaClients clients;
    private final ProducerFactory<byte[], byte[]> producers;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile PublisherStatus status = new PublisherStatus(PublisherStatus.State.STARTING, null, null, 0, null);

    /** @param configuration whether events of this type go to every partition, in their place */
    public EventPublisher(StreamSettings settings, EventStore store, IntPredicate configuration) {
        this(settings, store, configuration, new KafkaClients(settings));
    }

    /** @param producers makes the producer of each new beginning */
    EventPublisher(
            StreamSettings settings,
            EventStore store,
            IntPredicate configuration,
            ProducerFactory<byte[], byte[]> producers) {
        this.settings = settings;
        this.store = store;
        this.configuration = configuration;
        this.clients = new KafkaClients(settings);
        this.producers = producers;
        this.thread = Thread.ofPlatform().name("event-publisher").daemon(true).unstarted(this::run);
    }

    /** Begins to publish, on a thread of its own. */
    public void start() {
        thread.start();
    }

    /** How it is doing now. */
    public PublisherStatus status() {
        return status;
    }

    /** Finishes the batch at hand and stops. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration backoff = FIRST_BACKOFF;
        try {
            while (isOpen()) {
                Position before = status.published();
                try {
                    publishUntilFailure();
                } catch (StreamStoppedException e) {
                    LOG.error("{}", e.getMessage());
                    become(PublisherStatus.State.STOPPED, e.getMessage());
                    return;
                } catch (RuntimeException e) {
                    if (e instanceof InterruptException) {
                        return;
                    }
                    if (isFenced(e)) {
                        standBy();
                        continue;
                    }
                    boolean moved = before != null && !before.equals(status.published());
                    backoff = moved ? FIRST_BACKOFF : least(backoff.multipliedBy(2), LONGEST_BACKOFF);
                    LOG.warn(
                            "publishing begins again in {} ms from the last committed position", backoff.toMillis(), e);
                    become(
                            PublisherStatus.State.STARTING,
                            "Publishing failed (" + e.getClass().getSimpleName() + ") and begins again.");
                    closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (status.state() != PublisherStatus.State.STOPPED) {
                become(PublisherStatus.State.CLOSED, null);
            }
        }
    }

    private void publishUntilFailure() throws InterruptedException {
        try (Admin admin = clients.createAdmin()) {
            new EventTopic(settings).ensure(admin);
        }
        Producer<byte[], byte[]> producer = producers.createProducer();
        try (PublisherSession session = new PublisherSession(settings, store, configuration, clock, producer)) {
            try (Consumer<byte[], byte[]> consumer = clients.createConsumer(null, null, 1_000)) {
                Position from = session.open(consumer);
                LOG.info("publishing to {} from position {}", settings.topic(), from);
            }
            while (isOpen()) {
                long begun = System.nanoTime();
                int published = session.step();
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                status = new PublisherStatus(
                        PublisherStatus.State.RUNNING,
                        session.position(),
                        session.watermarkAt(),
                        status.eventsPublished() + published,
                        null);
                Duration rest = PublisherPace.rest(took, published, settings.batchEvents());
                if (closing.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        }
    }

    /** Watches the stream and returns when nobody has written to it for a while. */
    private void standBy() throws InterruptedException {
        LOG.info("another publisher has taken {} over; standing by", settings.topic());
        become(PublisherStatus.State.STANDBY, null);
        Optional<Watermark> lastSeen = lastWatermark();
        while (!closing.await(settings.standbyAfter().toMillis(), TimeUnit.MILLISECONDS)) {
            Optional<Watermark> seen = lastWatermark();
            if (seen.isPresent() && seen.equals(lastSeen)) {
                LOG.info("the other publisher of {} fell silent; taking over", settings.topic());
                return;
            }
            lastSeen = seen;
        }
    }

    /** What was written last; absent also when Kafka can't be asked, which is no reason to take over. */
    private Optional<Watermark> lastWatermark() {
        try (Consumer<byte[], byte[]> consumer = clients.createConsumer(null, null, 1_000)) {
            return LastWatermarks.furthest(LastWatermarks.read(consumer, settings.topic(), settings.partitions()));
        } catch (KafkaException e) {
            LOG.debug("the stream could not be watched", e);
            return Optional.empty();
        }
    }

    /** Whether another producer has taken the transactional id, which Kafka says in several ways. */
    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private void become(PublisherStatus.State state, @Nullable String problem) {
        status =
                new PublisherStatus(state, status.published(), status.publishedAt(), status.eventsPublished(), problem);
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
