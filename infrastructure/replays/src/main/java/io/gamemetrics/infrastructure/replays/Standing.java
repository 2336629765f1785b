package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a version is, as operators are told, wherever they ask.
 *
 * @param position everything at or before it is in the version; absent while a partition has told nothing
 * @param head the event store's last position; absent as {@code position} is
 * @param percent of the positions up to the head, one decimal, rounded down
 * @param eventsPerSecond over the last seconds
 * @param etaSeconds until it has caught up; absent when it never will, while it rests, and while nothing is known
 * @param neverCatchesUp whether events come in at least as fast as it goes
 * @param lagSeconds how old the oldest event is that is not in it; grows while nobody works on it
 * @param instances processes at work on it
 * @param quarantined streams whose events wait
 * @param problems one sentence for each partition where something is wrong
 */
public record Standing(
        @Nullable Position position,
        @Nullable Position head,
        double percent,
        long eventsPerSecond,
        @Nullable Long etaSeconds,
        boolean neverCatchesUp,
        @Nullable Long lagSeconds,
        long instances,
        int quarantined,
        List<String> problems) {

    public Standing {
        problems = List.copyOf(problems);
    }

    /** @param partitions how many the projection reads */
    public static Standing of(VersionProgress progress, int partitions) {
        Optional<Position> position = progress.position(partitions);
        long at = position.map(Position::number).orElse(0L);
        long head = progress.head();
        OptionalLong eta = progress.etaSeconds(partitions);
        return new Standing(
                position.orElse(null),
                position.map(from -> new Position(from.incarnation(), head)).orElse(null),
                head == 0 ? 0 : Math.floor(1_000.0 * Math.min(at, head) / head) / 10,
                Math.round(progress.eventsPerSecond()),
                eta.isPresent() ? eta.getAsLong() : null,
                position.isPresent() && eta.isEmpty(),
                progress.lag(partitions).map(Duration::toSeconds).orElse(null),
                progress.instances(),
                progress.quarantined(),
                progress.partitions().stream()
                        .map(PartitionProgress::problem)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** The same of a version that is not worked on because somebody wants it so: nobody says when it arrives. */
    public Standing resting() {
        return new Standing(
                position, head, percent, eventsPerSecond, null, false, lagSeconds, instances, quarantined, problems);
    }
}
