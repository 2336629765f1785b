package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a version is, as the instance that has it told last.
 *
 * @param instance a name of the process
 * @param position everything of the partition at or before it is handled
 * @param head the number of the event store's last position at the time
 * @param asOf everything stored before this instant is handled
 * @param handled events since the version was new
 * @param eventsPerSecond how fast it goes, over the last seconds
 * @param headPerSecond how fast the event store grows
 * @param quarantined streams whose events wait
 * @param problem one sentence while something is wrong
 * @param toldAt when it was told, by the database's clock
 */
public record PartitionProgress(
        int partition,
        String instance,
        Position position,
        long head,
        Instant asOf,
        long handled,
        double eventsPerSecond,
        double headPerSecond,
        int quarantined,
        @Nullable String problem,
        Instant toldAt) {}
