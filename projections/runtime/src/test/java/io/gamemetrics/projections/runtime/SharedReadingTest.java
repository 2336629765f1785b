package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several projections that read one log, each by itself and together, whoever of them comes next. */
class SharedReadingTest {

    private static final int PARTITIONS = FakeLog.PARTITIONS;
    private static final int CAPACITY = LogReader.CAPACITY;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final FakeLog log = new FakeLog(random);
    private final Followers followers = new Followers();
    private final List<LogReader> readers = new ArrayList<>();
    private FakeLog.Reading consumer = log.consumer();
    private SharedReading shared = new SharedReading(FakeLog.TOPIC, consumer, followers);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoever_comes_and_goes_and_however_slow_everybody_is_given_each_record_once_and_in_order(int run) {
        start(4);
        for (int step = 0; step < 40_000; step++) {
            LogReader one = readers.get(random.nextInt(readers.size()));
            int partition = random.nextInt(PARTITIONS);
            int dice = random.nextInt(1_000);
            if (dice < 100) {
                log.append(partition, random.nextInt(6));
            } else if (dice < 400) {
                one.round();
            } else if (dice < 600) {
                sharedRound();
            } else if (dice < 970) {
                one.take(partition, random.nextInt(2 * CAPACITY / (1 + readers.indexOf(one))));
            } else if (dice < 975) {
                one.wants(partition, Math.max(0, one.taken(partition) - random.nextInt(100)));
            } else if (dice < 980) {
                one.moves(partition);
            } else if (dice < 983) {
                consumer.fail(new KafkaException("Kafka is away"));
            }
        }
        settle();

        assertThat(followers.sharing()).as("seed %s", seed).isEqualTo(4L * PARTITIONS);
        readers.forEach(LogReader::assertWhole);
    }

    @Test
    void at_the_end_of_the_log_records_are_fetched_once_for_all() {
        log.append(0, 200);
        log.append(1, 100);
        start(3);
        settle();
        assertThat(followers.sharing()).isEqualTo(3L * PARTITIONS);
        long own = readers.stream().mapToLong(LogReader::given).sum();
        long before = consumer.given();
        for (int time = 0; time < 20; time++) {
            log.append(0, 5);
            log.append(1, 5);
            handleAll();
        }

        assertThat(consumer.given() - before).as("seed %s", seed).isEqualTo(200);
        assertThat(readers.stream().mapToLong(LogReader::given).sum()).isEqualTo(own);
        readers.forEach(LogReader::assertWhole);
    }

    @Test
    void who_takes_nothing_holds_nobody_up_and_keeps_no_more_than_its_inbox_holds() {
        start(3);
        settle();
        LogReader slow = readers.getFirst();
        int settled = log.offsets(0).size();
        for (int time = 0; time < 100; time++) {
            log.append(0, 5);
            sharedRound();
            readers.forEach(LogReader::round);
            readers.stream().skip(1).forEach(reader -> reader.take(0, 100));
        }
        sharedRounds();
        readers.stream().skip(1).forEach(reader -> reader.take(0, 100));

        readers.stream().skip(1).forEach(LogReader::assertWhole);
        assertThat(slow.isShared()).isFalse();
        slow.take(0, Integer.MAX_VALUE);
        assertThat(slow.taken(0)).as("an inbox, and what one poll gives").isLessThanOrEqualTo(settled + CAPACITY + 12);
        settle();
        slow.assertWhole();
        assertThat(slow.isShared()).as("it has caught up").isTrue();
    }

    @Test
    void while_nobody_is_at_the_end_nothing_is_read_for_all() {
        start(2);
        log.append(0, 200);
        readers.forEach(LogReader::round);

        assertThat(shared.round()).as("seed %s", seed).isFalse();
        assertThat(consumer.assignment()).isEmpty();
    }

    @Test
    void one_that_goes_back_reads_the_old_by_itself_while_the_others_go_on_together() {
        start(3);
        log.append(0, 300);
        settle();
        LogReader back = readers.getFirst();
        back.wants(0, 0);
        long before = consumer.given();
        log.append(0, 10);
        sharedRounds();
        back.round();

        assertThat(back.isShared()).isFalse();
        assertThat(readers.get(1).isShared()).isTrue();
        handleAll();
        assertThat(consumer.given() - before).as("seed %s", seed).isEqualTo(10);
        settle();
        readers.forEach(LogReader::assertWhole);
        assertThat(back.isShared()).isTrue();
    }

    @Test
    void a_partition_that_comes_back_is_read_on_where_it_was() {
        log.append(0, 100);
        start(1);
        LogReader reader = readers.getFirst();
        while (!reader.isWhole()) {
            reader.round();
            reader.take(0, 100);
        }
        long before = reader.given();
        reader.moves(0);
        for (int time = 0; time < 20; time++) {
            reader.round();
        }

        assertThat(reader.given()).as("seed %s", seed).isEqualTo(before);
    }

    @Test
    void when_kafka_no_longer_has_what_comes_next_each_begins_where_its_log_begins() {
        start(2);
        log.append(0, 100);
        settle();
        log.append(0, 100);
        long begin = log.offsets(0).get(150);
        log.deleteBefore(0, begin);
        settle();

        for (LogReader reader : readers) {
            assertThat(reader.hasLost()).as("seed %s", seed).isTrue();
            assertThat(reader.isWhole()).isTrue();
        }
    }

    private void start(int count) {
        for (int i = 0; i < count; i++) {
            readers.add(new LogReader(log, followers, "seed " + seed));
        }
    }

    /** Until everybody has everything, and what comes next has brought them together, as watermarks do. */
    private void settle() {
        handleAll();
        for (int time = 0; time < 20 && followers.sharing() < (long) readers.size() * PARTITIONS; time++) {
            log.append(0, 1);
            log.append(1, 1);
            handleAll();
        }
    }

    private void handleAll() {
        for (int time = 0; time < 5_000 && !readers.stream().allMatch(LogReader::isWhole); time++) {
            readers.forEach(LogReader::round);
            sharedRound();
            for (LogReader reader : readers) {
                reader.take(0, 1_000);
                reader.take(1, 1_000);
            }
        }
        readers.forEach(LogReader::assertWhole);
    }

    private void sharedRounds() {
        for (int time = 0; time < 50; time++) {
            sharedRound();
        }
    }

    /** As {@link SharedStream} does it. */
    private void sharedRound() {
        try {
            shared.round();
        } catch (KafkaException e) {
            followers.release();
            consumer = log.consumer();
            shared = new SharedReading(FakeLog.TOPIC, consumer, followers);
        }
    }
}
