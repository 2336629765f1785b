package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import org.jspecify.annotations.Nullable;

/** One sentence that must hold for an event to be accepted. */
interface Rule {

    /** Why the event breaks this rule; absent when it does not. */
    @Nullable
    Refusal refusal(PlayerEvent event, Facts facts);
}
