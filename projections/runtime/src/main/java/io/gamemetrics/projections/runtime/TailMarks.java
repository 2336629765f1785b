package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells once where each partition of a version was when it had caught up: up to there it is proved. Used by one thread. */
final class TailMarks {

    private final Proofs proofs;
    private final Set<Told> told = new HashSet<>();

    TailMarks(Proofs proofs) {
        this.proofs = proofs;
    }

    private record Told(int version, int partition) {}

    /** @param built the version the replay builds, where this process works on it */
    void tell(Replay replay, @Nullable RunningVersion built) {
        boolean isBuilt = replay.phase() != Replay.Phase.TAKING_OVER && replay.phase() != Replay.Phase.READING;
        if (built == null || !isBuilt) {
            return;
        }
        for (Proofs.Mark mark : built.marks()) {
            Told mine = new Told(replay.version(), mark.partition());
            if (!told.contains(mine)) {
                proofs.caughtUp(replay.projection(), replay.version(), mark);
                told.add(mine);
            }
        }
    }
}
