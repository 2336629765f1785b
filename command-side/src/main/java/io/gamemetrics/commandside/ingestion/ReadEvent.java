package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.Refusal;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import org.jspecify.annotations.Nullable;

/** One event of a request, after reading. */
sealed interface ReadEvent {

    /** Its place in the request, from 0. */
    int index();

    /** It is well formed; whether it is true is still to be decided. */
    record WellFormed(int index, @Nullable PlayerId player, Content content) implements ReadEvent {

        @Override
        public String toString() {
            return "WellFormed[index=" + index + "]";
        }
    }

    /**
     * It can't be an event.
     *
     * @param eventId as sent, where that much could be read
     */
    record Malformed(int index, @Nullable String eventId, Refusal refusal) implements ReadEvent {

        @Override
        public String toString() {
            return "Malformed[index=" + index + ", code=" + refusal.code() + "]";
        }
    }
}
