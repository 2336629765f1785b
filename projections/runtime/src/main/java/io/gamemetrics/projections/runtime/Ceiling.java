package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.sharedkernel.ids.Position;
import org.jspecify.annotations.Nullable;

/** How far a version may go while it is compared. One thread says it, the partitions' threads go by it. */
public final class Ceiling {

    private volatile @Nullable Hold hold;

    Ceiling() {}

    /** @param wanted absent: no limit */
    void set(@Nullable Hold wanted) {
        hold = wanted;
    }

    /**
     * The last position a partition may handle.
     *
     * @param here where it is: when it is only told to wait, that is the last one
     * @return absent without a limit
     */
    @Nullable
    Position of(int partition, Position here) {
        Hold wanted = hold;
        return wanted == null ? null : wanted.positions().getOrDefault(partition, here);
    }
}
