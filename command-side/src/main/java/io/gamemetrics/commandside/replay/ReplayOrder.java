package io.gamemetrics.commandside.replay;

import org.jspecify.annotations.Nullable;

/** What an operator tells a replay to do. */
sealed interface ReplayOrder {

    record Pause() implements ReplayOrder {}

    record Resume() implements ReplayOrder {}

    /** @param eventsPerSecond absent: as fast as it goes */
    record Throttle(@Nullable Integer eventsPerSecond) implements ReplayOrder {}

    record Switch() implements ReplayOrder {}

    record Rollback() implements ReplayOrder {}

    record Cancel() implements ReplayOrder {}

    record Drop() implements ReplayOrder {}
}
