package io.gamemetrics.infrastructure.eventstream;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the publisher is doing.
 *
 * @param published the last position that is in Kafka; absent before it was read back
 * @param publishedAt when that was last confirmed; its age is how far Kafka may be behind the store; absent like {@code
 *     published}
 * @param eventsPublished events this process has published
 * @param problem one sentence while something is wrong; absent when all is well
 */
public record PublisherStatus(
        State state,
        @Nullable Position published,
        @Nullable Instant publishedAt,
        long eventsPublished,
        @Nullable String problem) {

    /** What the publisher does at the moment. */
    public enum State {
        /** Connecting, or waiting to connect again after a failure. */
        STARTING,
        /** Following the store. */
        RUNNING,
        /** Another publisher took the stream over; this one watches and takes over when that one falls silent. */
        STANDBY,
        /** An operator has to act: see the problem. */
        STOPPED,
        /** Closed. */
        CLOSED
    }
}
