package io.gamemetrics.sharedkernel.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.privacy.PersonalData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every reported event says besides its own facts.
 *
 * @param occurredAt when it happened in the game, to the millisecond
 * @param sessionId the play session it belongs to; absent outside one
 * @param afterSessionEnd decided, not sent: the session was known to have ended before this occurred
 */
public record EventHeader(
        EventId eventId,
        Instant occurredAt,
        @PersonalData @Nullable SessionId sessionId,
        Dimensions dimensions,
        boolean afterSessionEnd) {

    /** The same header as the sender wrote it, without what was decided. */
    public EventHeader asSent() {
        return afterSessionEnd ? new EventHeader(eventId, occurredAt, sessionId, dimensions, false) : this;
    }

    /** The same header, marked as later than its session's end. */
    public EventHeader markedAfterSessionEnd() {
        return new EventHeader(eventId, occurredAt, sessionId, dimensions, true);
    }
}
