package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import org.jspecify.annotations.Nullable;

/** An event id that was accepted once always stands for the same content. */
record EventIdNamesOneContent() implements Rule {

    static final String CONFLICT = "event.id.conflict";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        PlayerEvent earlier = facts.eventWith(event.header().eventId());
        return earlier == null || SameContent.of(earlier, event)
                ? null
                : new Refusal(
                        CONFLICT, "/eventId", "eventId: an event with this id and other content was accepted before");
    }
}
