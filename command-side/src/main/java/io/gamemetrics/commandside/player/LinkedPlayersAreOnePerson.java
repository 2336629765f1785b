package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import org.jspecify.annotations.Nullable;

/**
 * A player is linked once, to one who is linked to nobody: no chains, no circles. Asks the linked player last, because
 * their agreement is their half of the link.
 */
record LinkedPlayersAreOnePerson(Pseudonym player, OtherPlayers others, boolean validateOnly) implements Rule {

    static final String CONFLICT = "link.conflict";

    private static final String POINTER = "/linkedPlayerId";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        if (!(event instanceof PlayerLinked link)) {
            return null;
        }
        if (link.linked().equals(player)) {
            return new Refusal(CONFLICT, POINTER, "linkedPlayerId: is this player");
        }
        if (facts.person() != null) {
            return new Refusal(CONFLICT, POINTER, "playerId: was linked to another player before");
        }
        if (facts.linkedNow(link.linked())) {
            return new Refusal(CONFLICT, POINTER, "linkedPlayerId: is linked already");
        }
        return switch (others.link(link.linked(), new LinkedToPlayer(link.header(), player), validateOnly)) {
            case AGREED -> null;
            case LINKED -> new Refusal(CONFLICT, POINTER, "linkedPlayerId: is linked already");
            case ERASED -> new Refusal(PlayerCodes.ERASED, POINTER, "linkedPlayerId: the player was erased");
        };
    }
}
