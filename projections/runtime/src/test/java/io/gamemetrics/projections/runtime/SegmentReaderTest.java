package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamStoppedException;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {

    @Test
    void whatever_records_are_lost_and_wherever_reading_begins_nothing_is_missed_or_repeated() {
        try (LiveStream stream = new LiveStream()) {
            EventPublisher publisher = stream.publish();
            stream.append(400);
            stream.awaitPublished(publisher);
            Position head = stream.store.position();
            List<StreamRecord> whole = records(stream, 0, head);
            List<Long> expected = eventsOf(stream, new Position(head.incarnation(), 0), head);
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int round = 0; round < 300; round++) {
                long from = random.nextInt(400);
                int begin = random.nextInt(whole.size() - 1);
                int losses = random.nextInt(4);
                List<StreamRecord> left = new ArrayList<>(whole.subList(begin, whole.size() - 1));
                for (int loss = 0; loss < losses && !left.isEmpty(); loss++) {
                    left.remove(random.nextInt(left.size()));
                }
                left.add(whole.getLast());

                List<Long> read = read(left, new Position(head.incarnation(), from), expected);

                assertThat(read)
                        .as("seed %s round %s from %s", seed, round, from)
                        .isEqualTo(expected.stream()
                                .filter(number -> number > from)
                                .toList());
            }
        }
    }

    @Test
    void a_stream_of_another_incarnation_is_refused() {
        try (LiveStream stream = new LiveStream()) {
            EventPublisher publisher = stream.publish();
            stream.append(10);
            stream.awaitPublished(publisher);
            List<StreamRecord> whole = records(stream, 0, stream.store.position());

            assertThatThrownBy(() -> read(whole, new Position(1, 0), List.of()))
                    .isInstanceOf(StreamStoppedException.class)
                    .hasMessageContaining("run `gamemetrics restore reconcile`");
        }
    }

    /** Positions handed on; of incomplete segments those the store would give. */
    private static List<Long> read(List<StreamRecord> records, Position from, List<Long> inStore) {
        SegmentReader reader = new SegmentReader("test", from);
        List<Long> positions = new ArrayList<>();
        long at = from.number();
        for (StreamRecord message : records) {
            Optional<Segment> ended = reader.accept(message);
            if (ended.isPresent()) {
                long after = at;
                long upTo = ended.get().position().number();
                List<StoredEvent> events = ended.get().events();
                if (events == null) {
                    inStore.stream().filter(n -> n > after && n <= upTo).forEach(positions::add);
                } else {
                    events.forEach(event -> positions.add(event.position().number()));
                }
                at = upTo;
            }
        }
        return positions;
    }

    /** What the store has of partition 0 in a range. */
    private static List<Long> eventsOf(LiveStream stream, Position after, Position upTo) {
        return new StoreRange(stream.store, LiveStream::isConfiguration, "test", 0, LiveStream.PARTITIONS)
                .read(after, upTo).events().stream()
                        .map(event -> event.position().number())
                        .toList();
    }

    /** A partition's records up to the first watermark that is at the head. */
    private static List<StreamRecord> records(LiveStream stream, int partition, Position head) {
        TopicPartition here = new TopicPartition(stream.settings.topic(), partition);
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(stream.settings).createConsumer(null, null, 1_000)) {
            consumer.assign(List.of(here));
            consumer.seekToBeginning(List.of(here));
            List<StreamRecord> records = new ArrayList<>();
            SegmentReader reader = new SegmentReader("test", new Position(head.incarnation(), 0));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> message :
                        consumer.poll(Duration.ofMillis(100)).records(here)) {
                    StreamRecord read = StreamRecord.of(message);
                    records.add(read);
                    if (reader.accept(read)
                            .filter(s -> s.position().equals(head))
                            .isPresent()) {
                        return records;
                    }
                }
            }
        }
    }
}
