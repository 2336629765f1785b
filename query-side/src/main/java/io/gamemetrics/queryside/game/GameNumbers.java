package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.OptionalInt;

/** The numbers under which stores keep games. */
@FunctionalInterface
public interface GameNumbers {

    /** The game's number; absent for a game that does not exist. */
    OptionalInt of(GameId game);
}
