package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;

/** What an event says, as far as its text alone tells. */
sealed interface Content {

    EventHeader header();

    /** Everything is known. */
    record Ready(PlayerEvent event) implements Content {
        @Override
        public EventHeader header() {
            return event.header();
        }
    }

    /** A link names another player by their id; the vault knows their pseudonym. */
    record Link(EventHeader header, PlayerId linked) implements Content {}
}
