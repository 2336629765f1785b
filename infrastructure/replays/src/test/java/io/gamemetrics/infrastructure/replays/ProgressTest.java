package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.replays.Proofs.Mark;
import io.gamemetrics.infrastructure.replays.Proofs.Tally;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void open() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
    }

    @Test
    void what_is_told_is_read_back_with_the_moment_it_was_told() {
        Progress progress = new Progress(database);
        assertThat(progress.of("numbers", 1).partitions()).isEmpty();
        PartitionProgress told = partition(0, 40, 100, NOW, 5, 1, NOW);
        progress.tell("numbers", 1, List.of(partition(0, 20, 100, NOW, 5, 1, NOW)));
        progress.tell("numbers", 1, List.of(told));
        progress.tell("numbers", 2, List.of(partition(0, 7, 100, NOW, 5, 1, NOW)));

        VersionProgress read = progress.of("numbers", 1);
        assertThat(read.partitions()).hasSize(1);
        assertThat(read.partitions().getFirst())
                .usingRecursiveComparison()
                .ignoringFields("toldAt")
                .isEqualTo(told);
        assertThat(Duration.between(read.partitions().getFirst().toldAt(), read.now()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(5));
    }

    @Test
    void a_version_is_where_its_slowest_partition_is() {
        VersionProgress progress =
                of(partition(0, 90, 100, NOW, 5, 0, NOW), partition(1, 40, 100, NOW.minusSeconds(60), 5, 0, NOW));

        assertThat(progress.position(2)).contains(new Position(7, 40));
        assertThat(progress.lag(2)).contains(Duration.ofMinutes(1));
        assertThat(progress.etaSeconds(2))
                .as("half of 10 and half of 60 events, of which 10 are handled a second")
                .isEqualTo(OptionalLong.of(4));
    }

    /** A range each: at any moment some are further than others, and the work goes on as fast as ever. */
    @Test
    void while_partitions_take_turns_the_time_left_is_that_of_all_their_work() {
        long[] positions = new long[6];
        int turns = 20 * positions.length;
        for (int turn = 0; turn < turns; turn++) {
            VersionProgress progress = of(IntStream.range(0, positions.length)
                    .mapToObj(number -> partition(number, positions[number], 2_000, NOW, 10.0 / 6, 0, NOW))
                    .toArray(PartitionProgress[]::new));
            double seconds = (turns - turn) * (100.0 / 6) / 10;

            assertThat(progress.etaSeconds(positions.length).orElseThrow())
                    .as("turn %s", turn)
                    .isEqualTo(Math.round(seconds));
            positions[turn % positions.length] += 100;
        }
    }

    @Test
    void while_a_partition_has_told_nothing_nobody_knows() {
        VersionProgress progress = of(partition(0, 90, 100, NOW, 5, 0, NOW));

        assertThat(progress.position(2)).isEmpty();
        assertThat(progress.lag(2)).isEmpty();
        assertThat(progress.etaSeconds(2)).isEmpty();
    }

    @Test
    void it_never_arrives_when_events_come_in_as_fast_as_it_goes() {
        assertThat(of(partition(0, 90, 100, NOW, 5, 5, NOW)).etaSeconds(1)).isEmpty();
        assertThat(of(partition(0, 90, 100, NOW, 5, 3, NOW)).etaSeconds(1)).hasValue(5);
        assertThat(of(partition(0, 100, 100, NOW, 0, 0, NOW)).etaSeconds(1)).hasValue(0);
    }

    @Test
    void a_dead_process_counts_nothing_and_its_lag_grows() {
        Instant longAgo = NOW.minusSeconds(300);
        VersionProgress progress = of(partition(0, 90, 100, longAgo, 5, 0, longAgo));

        assertThat(progress.instances()).isZero();
        assertThat(progress.eventsPerSecond()).isZero();
        assertThat(progress.lag(1)).contains(Duration.ofMinutes(5));
        assertThat(progress.etaSeconds(1)).isEmpty();
    }

    @Test
    void a_range_is_proved_when_every_partition_handled_what_the_store_holds() {
        Proofs proofs = new Proofs(database);
        proofs.reached("numbers", 2, 0, checkpoint(100, 60, 1));
        assertThat(proofs.tally("numbers", 2, 2)).isEqualTo(new Tally(0, 0, 0));
        proofs.reached("numbers", 2, 1, checkpoint(100, 40, 2));
        proofs.reached("numbers", 2, 1, checkpoint(100, 40, 2));
        assertThat(proofs.tally("numbers", 2, 2)).isEqualTo(new Tally(1, 0, 0));
        assertThat(proofs.uncounted("numbers", 2)).hasSize(2);
        proofs.count("numbers", 2, List.of(mark(0, 60, 1), mark(1, 40, 2)));

        assertThat(proofs.tally("numbers", 2, 2)).isEqualTo(new Tally(1, 1, 0));
        assertThat(proofs.uncounted("numbers", 2)).isEmpty();
        assertThat(proofs.counted("numbers", 2, Long.MAX_VALUE)).containsExactly(mark(0, 60, 1), mark(1, 40, 2));
    }

    @Test
    void one_event_less_or_another_one_is_a_mismatch() {
        Proofs proofs = new Proofs(database);
        proofs.reached("numbers", 2, 0, checkpoint(100, 60, 1));
        proofs.reached("numbers", 2, 0, checkpoint(200, 160, 3));
        proofs.count("numbers", 2, List.of(mark(0, 60, 9)));

        assertThat(proofs.tally("numbers", 2, 1)).isEqualTo(new Tally(2, 0, 1));
        assertThat(proofs.tally("numbers", 2, 1).provesAll()).isFalse();
    }

    private static VersionProgress of(PartitionProgress... partitions) {
        return new VersionProgress(NOW, List.of(partitions));
    }

    private static PartitionProgress partition(
            int number, long position, long head, Instant asOf, double rate, double growth, Instant toldAt) {
        return new PartitionProgress(
                number, "1@here", new Position(7, position), head, asOf, position, rate, growth, 0, null, toldAt);
    }

    private static Checkpoint checkpoint(long position, long count, long checksum) {
        return new Checkpoint(new Position(7, position), NOW, -1, count, checksum);
    }

    private static Mark mark(int partition, long count, long checksum) {
        return new Mark(partition, new Position(7, 100), count, checksum);
    }
}
