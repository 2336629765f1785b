package io.gamemetrics.commandside.player;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Decide these events that name no player, in this order.
 *
 * @param stream the one of the game's streams that all of these events' ids belong to
 * @param receivedAt when the platform got them; the future begins here
 * @param validateOnly decide, and keep nothing
 */
public record RecordUnattributedEvents(
        @TargetAggregateIdentifier UUID stream, Instant receivedAt, boolean validateOnly, List<Candidate> candidates) {

    public RecordUnattributedEvents {
        candidates = List.copyOf(candidates);
    }

    @Override
    public String toString() {
        return "RecordUnattributedEvents[stream=" + stream + ", candidates=" + candidates.size() + "]";
    }
}
