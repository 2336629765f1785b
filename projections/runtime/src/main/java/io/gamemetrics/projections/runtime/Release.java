package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a quarantined stream on one partition: its parked events are applied in order.
 *
 * @param target what is to be told what came of it; 0 for nobody
 * @param order whose wish it is
 * @param skip the event that is passed over, when it is the first that is parked; absent: none is
 */
public record Release(
        long target,
        UUID order,
        int partition,
        UUID stream,
        @Nullable Position skip) {}
