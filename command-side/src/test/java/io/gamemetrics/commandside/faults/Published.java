package io.gamemetrics.commandside.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.EventRecordConverter;
import io.gamemetrics.infrastructure.eventstream.KafkaClients;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.eventstream.Watermark;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a reader of committed records finds in Kafka. */
final class Published {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private Published() {}

    /** Waits until Kafka has all that the store has now: each event once, in its partition in the store's order. */
    static void check(EventStore store, String servers) {
        StreamSettings settings = StreamSettings.of(servers);
        EventCatalog catalog = EventCatalog.current();
        EventRecordConverter converter = new EventRecordConverter();
        int head = Math.toIntExact(store.position().number());
        List<TopicPartition> partitions = IntStream.range(0, settings.partitions())
                .mapToObj(partition -> new TopicPartition(settings.topic(), partition))
                .toList();
        BitSet seen = new BitSet();
        long[] last = new long[partitions.size()];
        long[] marked = new long[partitions.size()];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(settings).createConsumer(null, null, 5_000)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (Arrays.stream(marked).min().orElse(0) < head) {
                assertThat(System.nanoTime())
                        .as("published up to %s of %d", Arrays.toString(marked), head)
                        .isLessThan(deadline);
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    int partition = message.partition();
                    Watermark watermark = Watermark.of(message).orElse(null);
                    if (watermark != null) {
                        marked[partition] = watermark.position().number();
                        continue;
                    }
                    StoredEvent event = converter.toEvent(message);
                    int number = Math.toIntExact(event.position().number());
                    assertThat(number)
                            .as("in order in partition %d", partition)
                            .isGreaterThan(Math.toIntExact(last[partition]));
                    assertThat(seen.get(number) && !catalog.isConfiguration(event.type()))
                            .as("published twice: %d", number)
                            .isFalse();
                    seen.set(number);
                    last[partition] = number;
                }
            }
        }
        assertThat(seen.nextClearBit(1)).as("the first that is missing").isGreaterThan(head);
    }
}
