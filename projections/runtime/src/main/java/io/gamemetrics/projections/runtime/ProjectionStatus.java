package io.gamemetrics.projections.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is doing in this process.
 *
 * @param partitions those this instance has at the moment, by number
 * @param problem one sentence while the whole runner is in trouble; absent when it is not
 */
public record ProjectionStatus(
        String projection,
        List<PartitionStatus> partitions,
        @Nullable String problem) {

    public ProjectionStatus {
        partitions = List.copyOf(partitions);
    }

    /** Whether nothing is wrong: no problem, and no partition paused. */
    public boolean isHealthy() {
        return problem == null && partitions.stream().allMatch(partition -> partition.problem() == null);
    }

    /** How old the oldest event may be that is not handled yet, on the slowest partition here; absent when not known. */
    public Optional<Duration> lag(Clock clock) {
        if (partitions.isEmpty()
                || partitions.stream().map(PartitionStatus::asOf).anyMatch(Objects::isNull)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return partitions.stream()
                .map(PartitionStatus::asOf)
                .filter(Objects::nonNull)
                .map(asOf -> Duration.between(asOf, now))
                .max(Duration::compareTo);
    }

    /** Streams whose events wait, on the partitions of this instance. */
    public int quarantined() {
        return partitions.stream().mapToInt(PartitionStatus::quarantined).sum();
    }
}
