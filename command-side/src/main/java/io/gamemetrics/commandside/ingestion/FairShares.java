package io.gamemetrics.commandside.ingestion;

import java.util.HashMap;
import java.util.Map;

/**
 * A bounded number of places that games share. A game takes more of them only while at least as many would stay free for
 * others as it holds: one game alone gets half, {@code n} that want all they can get have {@code 1/(n + 1)} each, and as
 * much is free for whoever comes next. Nobody has to know beforehand who will come. Safe for concurrent use.
 */
final class FairShares {

    private final int places;
    private final Map<Integer, Integer> held = new HashMap<>();
    private int taken;

    FairShares(int places) {
        this.places = places;
    }

    /** @return false when it would be too much; nothing was taken */
    synchronized boolean take(int game, int count) {
        int holds = held.getOrDefault(game, 0) + count;
        if (holds > places - taken) {
            return false;
        }
        taken += count;
        held.put(game, holds);
        return true;
    }

    /** Gives back what was taken. */
    synchronized void giveBack(int game, int count) {
        taken -= count;
        held.computeIfPresent(game, (of, holds) -> holds > count ? Integer.valueOf(holds - count) : null);
    }
}
