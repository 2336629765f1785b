package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version that this process keeps up to date. Used by the supervisor's thread, but for its status. */
final class RunningVersion {

    private final VersionedProjection.Open open;
    private final ProjectionRunner runner;
    private final Throttle throttle;
    private final Selection selection;
    private final Ceiling ceiling;
    private final Map<Integer, Rate> rates = new HashMap<>();

    RunningVersion(
            VersionedProjection.Open open,
            ProjectionRunner runner,
            Throttle throttle,
            Selection selection,
            Ceiling ceiling) {
        this.open = open;
        this.runner = runner;
        this.throttle = throttle;
        this.selection = selection;
        this.ceiling = ceiling;
    }

    ProjectionStatus status() {
        return runner.status();
    }

    /** What waits on the partitions of this process, by partition. */
    Map<Integer, Quarantine> quarantine() {
        return runner.quarantine();
    }

    /** Its share of what all instances together may do. */
    void limit(double eventsPerSecond, int partitions) {
        int mine = status().partitions().size();
        throttle.set(eventsPerSecond * Math.max(mine, 1) / partitions);
    }

    /** No replay builds it any more: nothing is left out that comes again. */
    void becomeWhole() {
        selection.replayIsOver();
        throttle.set(Double.POSITIVE_INFINITY);
    }

    /** @param hold absent: it goes on */
    void hold(@Nullable Hold hold) {
        ceiling.set(hold);
    }

    /** Whether this process has the partition, which one process has at a time. */
    boolean has(int partition) {
        return status().partitions().stream().anyMatch(here -> here.partition() == partition);
    }

    /** How far its partitions are. */
    List<PartitionProgress> progress(String instance, Position head, double headPerSecond, long nowNanos) {
        List<PartitionProgress> told = new ArrayList<>();
        for (PartitionStatus partition : status().partitions()) {
            Position position = partition.position();
            Instant asOf = partition.asOf();
            if (position == null || asOf == null) {
                // Nothing is known yet: neither is how far behind it is.
                continue;
            }
            double rate = rates.computeIfAbsent(partition.partition(), number -> new Rate())
                    .look(partition.handled(), nowNanos);
            told.add(new PartitionProgress(
                    partition.partition(),
                    instance,
                    position,
                    head.number(),
                    asOf,
                    partition.handled(),
                    rate,
                    headPerSecond,
                    partition.quarantined(),
                    partition.problem(),
                    Instant.EPOCH));
        }
        return told;
    }

    /** Where its partitions stand, with what they have handled. */
    List<Proofs.Mark> marks() {
        List<Proofs.Mark> marks = new ArrayList<>();
        for (PartitionStatus partition : status().partitions()) {
            Position position = partition.position();
            if (position != null) {
                marks.add(new Proofs.Mark(partition.partition(), position, partition.handled(), partition.checksum()));
            }
        }
        return marks;
    }

    void close() {
        runner.close();
        open.close().run();
    }
}
