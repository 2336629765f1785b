package io.gamemetrics.infrastructure.eventstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private final Stream stream = new Stream();
    private final List<AutoCloseable> toClose = new ArrayList<>(List.of(stream));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    @Test
    void every_event_is_published_once_in_order_in_its_streams_partition() {
        stream.append(180);
        EventPublisher publisher = started(stream.publisher());
        stream.awaitPublished(publisher);
        stream.append(20);
        stream.awaitPublished(publisher);

        assertThat(stream.positions()).isEqualTo(oneTo(200));
        for (int partition = 0; partition < 3; partition++) {
            List<StoredEvent> events = stream.events(partition);
            int here = partition;
            assertThat(events)
                    .isNotEmpty()
                    .allMatch(event -> StreamPartitions.of(event.stream(), 3) == here)
                    .isSortedAccordingTo((a, b) ->
                            Long.compare(a.position().number(), b.position().number()));
        }
    }

    @Test
    void configuration_goes_to_every_partition_in_its_place() {
        stream.append(10);
        stream.append(1, Stream.CONFIGURATION);
        stream.append(10);
        stream.awaitPublished(started(stream.publisher()));

        for (int partition = 0; partition < 3; partition++) {
            List<Long> positions = stream.events(partition).stream()
                    .map(event -> event.position().number())
                    .toList();
            assertThat(positions).contains(11L).isSorted();
        }
    }

    @Test
    void a_publisher_that_starts_again_repeats_nothing() {
        for (int time = 0; time < 3; time++) {
            stream.append(70);
            EventPublisher publisher = started(stream.publisher());
            stream.awaitPublished(publisher);
            publisher.close();
        }

        assertThat(stream.positions()).isEqualTo(oneTo(210));
    }

    @Test
    void a_producer_that_breaks_anywhere_in_a_transaction_costs_no_event_and_repeats_none() {
        BreakingProducers producers = new BreakingProducers(stream.settings, 12);
        EventPublisher publisher = started(new EventPublisher(stream.settings, stream.store, type -> false, producers));
        for (int time = 0; time < 12; time++) {
            stream.append(60);
        }
        stream.awaitPublished(publisher);

        assertThat(producers.broken()).as("seed %s", producers.seed()).isPositive();
        assertThat(stream.positions()).as("seed %s", producers.seed()).isEqualTo(oneTo(720));
    }

    @Test
    void a_second_publisher_takes_over_and_the_first_stands_by_until_it_falls_silent() {
        EventPublisher first = started(stream.publisher());
        stream.append(60);
        stream.awaitPublished(first);

        EventPublisher second = started(stream.publisher());
        stream.append(60);
        stream.awaitPublished(second);
        Stream.await(() -> first.status().state() == PublisherStatus.State.STANDBY);
        stream.append(60);
        stream.awaitPublished(second);
        second.close();
        stream.append(60);
        stream.awaitPublished(first);

        assertThat(stream.positions()).isEqualTo(oneTo(240));
    }

    @Test
    void while_nothing_happens_watermarks_still_come_several_times_a_second() {
        EventPublisher publisher = started(stream.publisher());
        stream.append(1);
        stream.awaitPublished(publisher);
        Instant before = publishedAt(publisher);
        Stream.await(() -> publishedAt(publisher).isAfter(before.plusSeconds(2)));
        publisher.close();

        List<Watermark> idle = stream.records(0).stream()
                .map(Watermark::of)
                .flatMap(Optional::stream)
                .filter(watermark -> watermark.at().isAfter(before))
                .toList();
        assertThat(idle)
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(w -> w.position().number() == 1 && w.count() == 0);
    }

    @Test
    void a_topic_with_another_number_of_partitions_is_refused_with_one_sentence() {
        try (Admin admin = new KafkaClients(stream.settings).createAdmin()) {
            new EventTopic(stream.settings.withTopic(stream.settings.topic(), 4)).ensure(admin);
        }
        EventPublisher publisher = started(stream.publisher());

        Stream.await(() -> publisher.status().state() == PublisherStatus.State.STOPPED);
        assertThat(publisher.status().problem()).contains("has 4 partitions but 3 are configured");
    }

    @Test
    void a_topic_whose_settings_were_changed_is_put_right() throws Exception {
        try (Admin admin = new KafkaClients(stream.settings).createAdmin()) {
            StreamSettings shorter = new StreamSettings(
                    stream.settings.bootstrapServers(),
                    stream.settings.topic(),
                    3,
                    (short) 1,
                    Duration.ofMinutes(1),
                    1 << 20,
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));
            new EventTopic(shorter).ensure(admin);
            awaitRetention(admin, Duration.ofMinutes(1), 1 << 20);
            new EventTopic(stream.settings).ensure(admin);
            awaitRetention(admin, Duration.ofDays(3), 1L << 30);
        }
    }

    /** A broker takes a moment to tell what it was told. */
    private void awaitRetention(Admin admin, Duration time, long bytes) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, stream.settings.topic());
        Stream.await(() -> {
            Config config = requireNonNull(admin.describeConfigs(List.of(topic))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .get(topic));
            return config.get(TopicConfig.RETENTION_MS_CONFIG).value().equals(Long.toString(time.toMillis()))
                    && config.get(TopicConfig.RETENTION_BYTES_CONFIG).value().equals(Long.toString(bytes));
        });
    }

    @Test
    void a_store_of_another_incarnation_stops_the_publisher_with_one_sentence() {
        EventPublisher publisher = started(stream.publisher());
        stream.append(30);
        stream.awaitPublished(publisher);
        stream.store.newIncarnation();
        Stream.await(() -> publisher.status().state() == PublisherStatus.State.STOPPED);

        EventPublisher next = started(stream.publisher());
        Stream.await(() -> next.status().state() == PublisherStatus.State.STOPPED);
        assertThat(next.status().problem()).contains("run `gamemetrics restore reconcile`");
        assertThat(publisher.status().problem()).contains("run `gamemetrics restore reconcile`");
    }

    @Test
    void a_store_that_was_set_back_without_a_new_incarnation_is_noticed_too() throws SQLException {
        EventPublisher publisher = started(stream.publisher());
        stream.append(30);
        stream.awaitPublished(publisher);
        publisher.close();
        setBackTo(20);

        EventPublisher next = started(stream.publisher());
        Stream.await(() -> next.status().state() == PublisherStatus.State.STOPPED);
    }

    @Test
    void a_store_that_was_set_back_and_grew_again_is_told_by_its_events() throws SQLException {
        EventPublisher publisher = started(stream.publisher());
        stream.append(30);
        stream.awaitPublished(publisher);
        publisher.close();
        setBackTo(0);
        stream.append(40);

        EventPublisher next = started(stream.publisher());
        Stream.await(() -> next.status().state() == PublisherStatus.State.STOPPED);
        assertThat(next.status().problem()).contains("restored to other data");
    }

    @Test
    void a_partition_whose_tail_was_lost_gets_no_duplicates_but_a_watermark_that_tells() throws Exception {
        stream.append(90);
        EventPublisher publisher = started(stream.publisher());
        stream.awaitPublished(publisher);
        publisher.close();
        long lost = TruncatedLog.forget(stream.settings, 1);
        stream.append(60);
        EventPublisher next = started(stream.publisher());
        stream.awaitPublished(next);

        assertThat(lost).isPositive();
        List<ConsumerRecord<byte[], byte[]>> after = stream.records(1);
        Watermark first = after.stream()
                .map(Watermark::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        assertThat(first.from()).isEqualTo(90);
        assertThat(stream.events(0))
                .extracting(event -> event.position().number())
                .doesNotHaveDuplicates();
    }

    private void setBackTo(long position) throws SQLException {
        try (Connection connection = DriverManager.getConnection(stream.url);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM events WHERE position > " + position);
            statement.execute("UPDATE stream_head SET position = " + position);
        }
        Position head = stream.store.position();
        assertThat(head.number()).isEqualTo(position);
    }

    private EventPublisher started(EventPublisher publisher) {
        toClose.add(publisher);
        publisher.start();
        return publisher;
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Instant publishedAt(EventPublisher publisher) {
        return requireNonNull(publisher.status().publishedAt());
    }
}
