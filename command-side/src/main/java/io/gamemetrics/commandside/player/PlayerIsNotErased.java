package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import org.jspecify.annotations.Nullable;

/** Nothing is taken of a player from the moment their erasure begins, whatever it is and whenever it occurred. */
record PlayerIsNotErased(boolean erased) implements Rule {

    private static final String POINTER = "/playerId";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        return erased ? new Refusal(PlayerCodes.ERASED, POINTER, "playerId: the player was erased") : null;
    }
}
