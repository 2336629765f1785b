package io.gamemetrics.queryside.player;

import io.gamemetrics.projections.playersstore.Name;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;
import java.util.Map;

/** Where players' names lie, each under the key of the player who gave it. */
@FunctionalInterface
public interface SealedNames {

    /** The encrypted names, by the player asked for, of those who have one. */
    Map<Pseudonym, Name> of(GameId game, Collection<Pseudonym> players);
}
