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
     * @return what they say
     */
    Consent link(Pseudonym linked, LinkedToPlayer half, boolean validateOnly);

    /** What the other player of a link says. */
    enum Consent {
        AGREED,
        /** They are linked already, or have links of their own. */
        LINKED,
        /** They are being erased, or were. */
        ERASED
    }
}
