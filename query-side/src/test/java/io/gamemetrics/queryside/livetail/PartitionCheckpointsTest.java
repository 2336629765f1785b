package io.gamemetrics.queryside.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionCheckpointsTest {

    private final PartitionCheckpoints partitions = new PartitionCheckpoints();

    @Test
    void where_all_are_is_not_known_before_every_partition_has_begun() {
        partitions.areAt(Map.of(0, at(1, 5)));
        assertThat(partitions.least(2)).isNull();
        partitions.moved(1, at(1, 3));
        assertThat(partitions.least(2)).isEqualTo(new Position(1, 3));
        assertThat(partitions.leastAsOf()).contains(Instant.ofEpochSecond(3));
    }

    @Test
    void a_partition_in_an_earlier_life_of_the_store_is_behind_one_with_a_smaller_number_in_a_later() {
        partitions.areAt(Map.of(0, at(1, 500), 1, at(2, 3)));
        assertThat(partitions.least(2)).isEqualTo(new Position(1, 500));
    }

    @Test
    void what_was_known_of_a_partition_is_forgotten_where_all_are_looked_up_anew() {
        partitions.areAt(Map.of(0, at(1, 5), 1, at(1, 7)));
        partitions.areAt(Map.of(0, at(2, 1)));
        assertThat(partitions.all()).containsExactly(at(2, 1));
        assertThat(partitions.least(2)).isNull();
    }

    private static Checkpoint at(long incarnation, long number) {
        return new Checkpoint(new Position(incarnation, number), Instant.ofEpochSecond(number), 0, 0, 0);
    }
}
