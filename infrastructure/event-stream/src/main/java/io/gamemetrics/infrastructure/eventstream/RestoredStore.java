package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A store that may have been restored to older data, compared with what was published of it, and given a new life. For
 * operators, while neither publisher nor projections run.
 *
 * <p>Read models are not touched here: whoever begins a new life empties them too, and they are filled from the store.
 */
public final class RestoredStore {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Every watermark is on every partition, so one partition tells it all. */
    private static final int ANY_PARTITION = 0;

    private final StreamSettings settings;
    private final EventStore store;
    private final KafkaClients clients;

    public RestoredStore(StreamSettings settings, EventStore store) {
        this.settings = settings;
        this.store = store;
        this.clients = new KafkaClients(settings);
    }

    /**
     * What the comparison found.
     *
     * @param head the store's last position
     * @param common up to here, store and Kafka have the same events, as far as Kafka's log goes back; 0 when nothing is
     *     known to be the same
     * @param published the last position in Kafka that {@code common} was compared with; absent when Kafka has nothing that
     *     was published
     * @param from Kafka's log begins behind this position: what is before was not compared
     */
    public record Finding(Position head, long common, Optional<Position> published, long from) {

        /** Whether there was anything to compare with: Kafka may be lost too. Of an empty store nothing can be published. */
        public boolean isCompared() {
            return published.isPresent() || head.number() == 0;
        }

        /** Whether the store still has everything that was published, as it was, as far as that could be compared. */
        public boolean isIntact() {
            return isCompared()
                    && published
                            .map(last -> last.incarnation() == head.incarnation() && last.number() == common)
                            .orElse(true);
        }

        /** How many published positions the store no longer has, or has with other events. */
        public long lost() {
            return published.map(last -> last.number() - common).orElse(0L);
        }
    }

    /**
     * Finds the last position at which the store holds what was published there, to a watermark's exactness: a batch.
     *
     * @throws KafkaException when Kafka can't be asked
     */
    public Finding examine() {
        Position head = store.position();
        if (!hasTopic()) {
            return new Finding(head, 0, Optional.empty(), 0);
        }
        Optional<Position> published = Optional.empty();
        long common = 0;
        long from = -1;
        TopicPartition partition = new TopicPartition(settings.topic(), ANY_PARTITION);
        try (Consumer<byte[], byte[]> consumer = clients.createConsumer(null, null, 2_000)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long compared = -1;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> message :
                        consumer.poll(POLL).records(partition)) {
                    Watermark watermark = Watermark.of(message).orElse(null);
                    if (watermark == null) {
                        continue;
                    }
                    published = Optional.of(watermark.position());
                    from = from < 0 ? watermark.from() : from;
                    long number = watermark.position().number();
                    // A quiet store repeats its watermark: ask once.
                    if (number != compared && isSame(watermark, head)) {
                        common = number;
                    }
                    compared = number;
                }
            }
        }
        return new Finding(head, common, published, Math.max(from, 0));
    }

    private boolean isSame(Watermark watermark, Position head) {
        long number = watermark.position().number();
        if (number == 0 || number > head.number()) {
            return number == 0;
        }
        List<StoredEvent> here = store.read(new Position(head.incarnation(), number - 1), 1);
        return EventHash.of(here.getFirst()) == watermark.lastHash();
    }

    /**
     * Gives the store a new incarnation, then removes the topic: the publisher makes it again and publishes everything
     * from the beginning. May be repeated after a failure; until it is through, publisher and projections stay stopped.
     *
     * @return the store's last position in its new life
     * @throws KafkaException when Kafka can't be asked
     */
    public Position beginNewLife() {
        Position reborn = store.newIncarnation();
        try (Admin admin = clients.createAdmin()) {
            admin.deleteTopics(List.of(settings.topic())).all().get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new KafkaException("topic " + settings.topic() + " could not be removed", e.getCause());
            }
        }
        return reborn;
    }

    private boolean hasTopic() {
        try (Admin admin = clients.createAdmin()) {
            return admin.listTopics().names().get().contains(settings.topic());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("topics could not be listed", e.getCause());
        }
    }
}
