package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.LocalDate;
import java.util.Optional;

/** The games there are, whichever read models know of them. */
public interface KnownGames {

    /** Whether there is such a game. */
    boolean knows(GameId game);

    /** Today in the game's zone, whose numbers still grow; absent for a game that does not exist. */
    Optional<LocalDate> openDay(GameId game);
}
