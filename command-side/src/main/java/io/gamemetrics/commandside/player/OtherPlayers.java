package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;

/**
 * The way to the other player of a link, in the same unit of work: both streams get their half, or neither does. A
 * decision that raced with another one of either player is refused by the store and taken anew.
 */
public interface OtherPlayers {

    /**
     * Asks a player to be linked, and links them unless {@code validateOnly}.
     *
     * @return whether they agreed; they do not when they are linked already, or have links of their own
     */
    boolean link(Pseudonym linked, LinkedToPlayer half, boolean validateOnly);
}
