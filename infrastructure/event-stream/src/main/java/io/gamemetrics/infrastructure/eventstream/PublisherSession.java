package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.OtherIncarnationException;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The life of one producer: fences its predecessors, finds where they came to, and publishes from there until anything
 * goes wrong. Used by one thread.
 */
final class PublisherSession implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final StreamSettings settings;
    private final EventStore store;
    private final IntPredicate configuration;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final EventRecordConverter converter = new EventRecordConverter();
    private final AtomicReference<@Nullable Exception> failedSend = new AtomicReference<>();
    private final long[] counts;
    private final long[] checksums;
    private Position position = new Position(1, 0);
    private long lastHash;
    private Instant watermarkAt = Instant.EPOCH;

    /** @param producer taken over: closed with this session */
    PublisherSession(
            StreamSettings settings,
            EventStore store,
            IntPredicate configuration,
            Clock clock,
            Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.store = store;
        this.configuration = configuration;
        this.clock = clock;
        this.producer = producer;
        this.counts = new long[settings.partitions()];
        this.checksums = new long[settings.partitions()];
    }

    /**
     * Fences earlier publishers, then finds the last position they committed.
     *
     * @throws StreamStoppedException when the store is not the one they published
     */
    Position open(Consumer<byte[], byte[]> consumer) {
        producer.initTransactions();
        Collection<Watermark> watermarks = LastWatermarks.read(consumer, settings.topic(), settings.partitions());
        Position head = store.position();
        for (Watermark watermark : watermarks) {
            if (watermark.position().incarnation() != head.incarnation()) {
                throw StreamStoppedException.otherStore("The publisher", watermark.position(), head);
            }
        }
        position = new Position(head.incarnation(), 0);
        LastWatermarks.furthest(watermarks).ifPresent(last -> {
            if (lastHashOf(last.position(), head) != last.lastHash()) {
                throw StreamStoppedException.otherStore("The publisher", last.position(), head);
            }
            position = last.position();
            lastHash = last.lastHash();
        });
        return position;
    }

    /** Publishes what came since, or a watermark when it is due, or waits for either. Returns the events published. */
    int step() throws InterruptedException {
        Instant asked = clock.instant();
        List<StoredEvent> page = readOn();
        if (!page.isEmpty()) {
            publish(page, asked);
        } else if (!asked.isBefore(watermarkAt.plus(settings.watermarkEvery()))) {
            publish(page, asked);
        } else {
            Duration due = Duration.between(asked, watermarkAt.plus(settings.watermarkEvery()));
            store.awaitAfter(position, due);
        }
        return page.size();
    }

    Position position() {
        return position;
    }

    Instant watermarkAt() {
        return watermarkAt;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private List<StoredEvent> readOn() {
        try {
            return store.read(position, settings.batchEvents());
        } catch (OtherIncarnationException e) {
            throw StreamStoppedException.otherStore("The publisher", position, e.last());
        }
    }

    private void publish(List<StoredEvent> page, Instant asked) {
        Arrays.fill(counts, 0);
        Arrays.fill(checksums, 0);
        producer.beginTransaction();
        try {
            long hash = lastHash;
            for (StoredEvent event : page) {
                hash = EventHash.of(event);
                send(event, hash);
            }
            Position next = page.isEmpty() ? position : page.getLast().position();
            Instant asOf = page.size() < settings.batchEvents()
                    ? asked
                    : earlier(asked, page.getLast().storedAt());
            for (int partition = 0; partition < counts.length; partition++) {
                Watermark watermark =
                        new Watermark(position.number(), next, hash, counts[partition], checksums[partition], asOf);
                send(watermark.toRecord(settings.topic(), partition));
            }
            producer.commitTransaction();
            position = next;
            lastHash = hash;
            watermarkAt = asked;
        } catch (RuntimeException e) {
            abort(e);
            throw e;
        }
    }

    private void send(StoredEvent event, long hash) {
        if (configuration.test(event.type())) {
            for (int partition = 0; partition < counts.length; partition++) {
                send(event, hash, partition);
            }
        } else {
            send(event, hash, StreamPartitions.of(event.stream(), counts.length));
        }
    }

    private void send(StoredEvent event, long hash, int partition) {
        counts[partition]++;
        checksums[partition] += hash;
        send(converter.toRecord(event, settings.topic(), partition));
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        Exception earlier = failedSend.get();
        if (earlier != null) {
            throw new KafkaException("a record of this transaction could not be sent", earlier);
        }
        Future<RecordMetadata> ignored = producer.send(message, (metadata, failure) -> {
            if (failure != null) {
                failedSend.compareAndSet(null, failure);
            }
        });
    }

    private void abort(RuntimeException cause) {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            // The producer is closed next; whoever comes after it fences it and Kafka aborts the transaction then.
            cause.addSuppressed(e);
        }
    }

    /** A full page may have left out what was stored since its last event. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The hash of the store's event at a position; 0 at the beginning; other than any hash when it isn't there. */
    private long lastHashOf(Position at, Position head) {
        if (at.number() == 0) {
            return 0;
        }
        if (at.number() > head.number()) {
            throw StreamStoppedException.otherStore("The publisher", at, head);
        }
        Position before = new Position(at.incarnation(), at.number() - 1);
        return EventHash.of(store.read(before, 1).getFirst());
    }
}
