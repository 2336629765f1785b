package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a version is, over its partitions.
 *
 * @param now the database's clock when it was read
 * @param partitions those that were ever told of, by number
 */
public record VersionProgress(Instant now, List<PartitionProgress> partitions) {

    /** Who has not told anything for so long is dead or stuck. */
    public static final Duration ALIVE = Duration.ofSeconds(10);

    public VersionProgress {
        partitions = List.copyOf(partitions);
    }

    /** The position of the partition furthest behind; absent while one of {@code count} has told nothing yet. */
    public Optional<Position> position(int count) {
        return partitions.size() < count
                ? Optional.empty()
                : partitions.stream().map(PartitionProgress::position).min(Comparator.comparingLong(Position::number));
    }

    /** The event store's head, as far as anybody told. */
    public long head() {
        return partitions.stream().mapToLong(PartitionProgress::head).max().orElse(0);
    }

    /** Events a second over all partitions; those nobody works on any more count nothing. */
    public double eventsPerSecond() {
        return partitions.stream()
                .filter(this::isAlive)
                .mapToDouble(PartitionProgress::eventsPerSecond)
                .sum();
    }

    /** How old the oldest event not handled is: grows while a process is dead. Absent as {@link #position} is. */
    public Optional<Duration> lag(int count) {
        return partitions.size() < count
                ? Optional.empty()
                : partitions.stream()
                        .map(partition -> Duration.between(partition.asOf(), now))
                        .max(Comparator.naturalOrder())
                        .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
    }

    /**
     * Seconds until it has caught up, with events coming in as fast as now, to the nearest, at least 1: 0 when it has, absent
     * when it never will or nothing is known. What is left is the work of all partitions, which have a share of the events
     * each: they take turns, and the one furthest behind tells little of the others.
     */
    public OptionalLong etaSeconds(int count) {
        if (position(count).isEmpty()) {
            return OptionalLong.empty();
        }
        long head = head();
        double left = partitions.stream()
                .mapToLong(partition -> head - partition.position().number())
                .average()
                .orElse(0);
        if (left <= 0) {
            return OptionalLong.of(0);
        }
        double growth = partitions.stream()
                .mapToDouble(PartitionProgress::headPerSecond)
                .max()
                .orElse(0);
        double gain = eventsPerSecond() - growth;
        return gain <= 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(1, Math.round(left / gain)));
    }

    /** Processes that work on it now. */
    public long instances() {
        return partitions.stream()
                .filter(this::isAlive)
                .map(PartitionProgress::instance)
                .distinct()
                .count();
    }

    public int quarantined() {
        return partitions.stream().mapToInt(PartitionProgress::quarantined).sum();
    }

    private boolean isAlive(PartitionProgress partition) {
        return Duration.between(partition.toldAt(), now).compareTo(ALIVE) < 0;
    }
}
