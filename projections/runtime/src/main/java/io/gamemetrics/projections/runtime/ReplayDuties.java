package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one instance does for a replay that is not over: notes when it has caught up, holds what it handled against the
 * event store, gives it up when a limit is reached. Each call does a little. Safe for concurrent use.
 */
public final class ReplayDuties {

    private static final Duration CAUGHT_UP = Duration.ofSeconds(5);
    private static final double GIB = 1L << 30;

    private final ReplayControl control;
    private final ProofCounter counter;
    private final int partitions;
    private final LongSupplier freeBytes;

    /** @param freeBytes how much is free where read models are written, as far as this process can tell */
    public ReplayDuties(
            ReplayControl control,
            EventStore store,
            IntPredicate configuration,
            int partitions,
            LongSupplier freeBytes) {
        this.control = control;
        this.counter = new ProofCounter(store, configuration, control.proofs(), partitions);
        this.partitions = partitions;
        this.freeBytes = freeBytes;
    }

    void attend(Replay replay, VersionedProjection projection) {
        String limit = reachedLimit(replay);
        switch (replay.phase()) {
            case READING, FOLLOWING, ROLLED_BACK -> {
                if (limit != null) {
                    control.replays().abort(replay.id(), limit);
                } else if (replay.phase() == Replay.Phase.READING) {
                    noteCaughtUp(replay, projection);
                } else {
                    counter.countNext(replay.projection(), replay.version());
                }
            }
            case SWITCHED, DONE, CANCELLED, ABORTED -> {
                // The limits were for the building.
            }
        }
    }

    /** Tells how much room the active version takes and how much there is. */
    void tellRoom(VersionedProjection projection, int active) {
        try {
            control.rooms().tell(projection.name(), new Room(projection.bytes(active), freeBytes.getAsLong()));
        } catch (SQLException e) {
            throw new IllegalStateException("the room of version " + active + " was not told", e);
        }
    }

    private void noteCaughtUp(Replay replay, VersionedProjection projection) {
        VersionProgress progress = control.progress().of(replay.projection(), replay.version());
        boolean isNear = progress.lag(partitions)
                .filter(lag -> lag.compareTo(CAUGHT_UP) < 0)
                .isPresent();
        if (isNear && progress.instances() > 0 && projection.isReady(replay.version(), replay.replaces())) {
            control.replays().caughtUp(replay.id(), progress.head());
        }
    }

    private @Nullable String reachedLimit(Replay replay) {
        Integer mostLag = replay.wish().abortLagSeconds();
        if (mostLag != null) {
            OptionalLong lag = control.progress().of(replay.projection(), replay.replaces()).lag(partitions).stream()
                    .mapToLong(Duration::toSeconds)
                    .findFirst();
            if (lag.isPresent() && lag.getAsLong() > mostLag) {
                return "The live version fell " + lag.getAsLong() + " s behind; the limit is " + mostLag + " s.";
            }
        }
        Integer leastFree = replay.wish().abortFreeGib();
        long free = freeBytes.getAsLong();
        if (leastFree != null && free < leastFree * GIB) {
            return "Only %.1f GiB of disk are free; the limit is %d GiB.".formatted(free / GIB, leastFree);
        }
        return null;
    }
}
