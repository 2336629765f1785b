package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Games of which a version takes nothing from another one, because they are rebuilt from their events.
 *
 * @param games their numbers
 * @param gameOf the number of the game a parked event is of; empty where the event is there no more. The other version may
 *     know nothing of a stream but that it waits, so it is not asked
 */
public record LeftOut(Set<Integer> games, Function<ParkedEvent, OptionalInt> gameOf) {

    /** Everything is taken. */
    public static final LeftOut NOTHING = new LeftOut(Set.of(), parked -> OptionalInt.empty());

    public LeftOut {
        games = Set.copyOf(games);
    }

    /**
     * Whether a stream that waits is of one of these games: it is handled anew, and does not wait. One whose game can't be told
     * goes on waiting: then all its events do, and none is lost.
     */
    public boolean has(QuarantinedStream waiting) {
        if (games.isEmpty()) {
            return false;
        }
        OptionalInt game = gameOf.apply(waiting.first());
        return game.isPresent() && games.contains(game.getAsInt());
    }
}
