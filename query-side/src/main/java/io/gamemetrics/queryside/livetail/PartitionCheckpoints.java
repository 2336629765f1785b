package io.gamemetrics.queryside.livetail;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Up to where the store is, partition by partition. Used by one thread. */
final class PartitionCheckpoints {

    private final Map<Integer, Checkpoint> checkpoints = new HashMap<>();

    /** Where the partitions are now, whatever was known of them before. */
    void areAt(Map<Integer, Checkpoint> all) {
        checkpoints.clear();
        checkpoints.putAll(all);
    }

    void moved(int partition, Checkpoint checkpoint) {
        checkpoints.put(partition, checkpoint);
    }

    Collection<Checkpoint> all() {
        return checkpoints.values();
    }

    /** Up to where all partitions are; absent while one of them has not begun. */
    @Nullable
    Position least(int partitions) {
        return checkpoints.size() < partitions
                ? null
                : checkpoints.values().stream()
                        .map(Checkpoint::position)
                        .min(Comparator.comparingLong(Position::incarnation).thenComparingLong(Position::number))
                        .orElse(null);
    }

    /** Everything stored before this has been read. */
    Optional<Instant> leastAsOf() {
        return checkpoints.values().stream().map(Checkpoint::asOf).min(Comparator.naturalOrder());
    }
}
