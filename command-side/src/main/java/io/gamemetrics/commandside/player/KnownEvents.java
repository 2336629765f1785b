package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Finds a stream's own earlier events again, however long ago they were stored. The aggregate keeps only a filter over
 * ids and asks for what the filter may contain.
 */
public interface KnownEvents {

    /**
     * The stored events of this stream that answer any of the questions, in the order of their sequence. May hold
     * others too: the asker compares ids.
     */
    List<Known> find(UUID stream, Collection<Question> questions);

    /** @param sequence its place in the stream, from 0 */
    record Known(long sequence, PlayerEvent event) {}

    /** What an aggregate wants to know of its past. */
    sealed interface Question {

        /** The event with this id. */
        record EventWithId(EventId eventId) implements Question {}

        /** The start and the end of this session. */
        record StartAndEndOf(SessionId sessionId) implements Question {}

        /** The moderator's decision with this id. */
        record ModerationWithId(EventId eventId) implements Question {}

        /** Every refund of this purchase, waiting or settled. */
        record RefundsOf(EventId purchaseEventId) implements Question {}
    }
}
