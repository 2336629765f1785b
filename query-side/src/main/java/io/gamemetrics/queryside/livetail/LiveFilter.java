package io.gamemetrics.queryside.livetail;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; both must hold.
 *
 * @param types event types and names of custom events; absent: all
 * @param player absent: everybody, and events without a player
 */
record LiveFilter(@Nullable Set<String> types, @Nullable UUID player) {

    boolean matches(LiveEvent event) {
        return (player == null || player.equals(event.player()))
                && (types == null
                        || types.contains(event.type())
                        || (event.name() != null && types.contains(event.name())));
    }
}
