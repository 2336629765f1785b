package io.gamemetrics.queryside.player;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;
import java.util.Map;

/** Where players' names lie, each under its player's own key. */
@FunctionalInterface
public interface SealedNames {

    /** The encrypted names of those of the players who gave one. */
    Map<Pseudonym, byte[]> of(GameId game, Collection<Pseudonym> players);
}
