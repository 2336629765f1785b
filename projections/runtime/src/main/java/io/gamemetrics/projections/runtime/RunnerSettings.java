package io.gamemetrics.projections.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is run.
 *
 * @param member a name of this instance that survives its restarts, so that a quick one moves no partition; absent: none
 * @param flushEvents most events folded in memory before they are written
 * @param quietFlushEvery how soon a partition without events writes down that its position moved
 * @param heartbeat how often a checkpoint is written when nothing moved at all, to say that it is current
 * @param mostQuarantined streams quarantined in a partition before it pauses instead: so many failures are the
 *     projection's fault, not the events'
 */
public record RunnerSettings(
        @Nullable String member, int flushEvents, Duration quietFlushEvery, Duration heartbeat, int mostQuarantined) {

    public RunnerSettings {
        if (flushEvents < 1 || mostQuarantined < 1) {
            throw new IllegalArgumentException("flushEvents and mostQuarantined must be 1 or more: flushEvents="
                    + flushEvents + " mostQuarantined=" + mostQuarantined);
        }
    }

    /** 10,000 events a flush; 100 ms and 1 s when quiet; 1,000 streams. */
    public static RunnerSettings defaults() {
        return new RunnerSettings(null, 10_000, Duration.ofMillis(100), Duration.ofSeconds(1), 1_000);
    }
}
