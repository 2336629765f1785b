package io.gamemetrics.projections.players;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encrypts a player's name under their own key. Safe for concurrent use. */
@FunctionalInterface
public interface NameSeal {

    /** The encrypted name; absent when the player's key is destroyed: then there is nobody left to be named. */
    byte @Nullable [] seal(UUID player, String name);
}
