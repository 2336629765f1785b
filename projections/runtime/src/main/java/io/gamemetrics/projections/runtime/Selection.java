package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Which events a version handles. All others are passed over, and counted as handled: that everything was looked at is
 * proved for every version alike.
 */
public sealed interface Selection {

    /** Whether an event is handled on a partition. */
    boolean takes(StoredEvent event, int partition);

    /** Whether a partition that begins anew is given also what was taken over from another version. */
    default boolean takesAnew() {
        return true;
    }

    /** The replay that builds the version is over: there is no way back from it. */
    default void replayIsOver() {}

    /** Every event. */
    record Everything() implements Selection {
        @Override
        public boolean takes(StoredEvent event, int partition) {
            return true;
        }
    }

    /**
     * All events of some games; of the others, which were taken from another version, only what came after.
     *
     * @param games numbers of those that are rebuilt
     * @param taken up to where the others' events are in what was taken, by partition
     */
    record Games(Set<Integer> games, Map<Integer, Position> taken) implements Selection {

        public Games {
            games = Set.copyOf(games);
            taken = Map.copyOf(taken);
        }

        @Override
        public boolean takes(StoredEvent event, int partition) {
            if (games.contains(event.tenant())) {
                return true;
            }
            Position upTo = taken.get(partition);
            if (upTo == null) {
                throw new IllegalStateException("nothing was taken over for partition " + partition);
            }
            return !upTo.covers(event.position());
        }
    }

    /**
     * Events of some types.
     *
     * @param types their ids
     * @param always what is handled all the same: what says which games there are, and who is who
     */
    record Types(Set<Integer> types, IntPredicate always) implements Selection {

        public Types {
            types = Set.copyOf(types);
        }

        @Override
        public boolean takes(StoredEvent event, int partition) {
            return types.contains(event.type()) || always.test(event.type());
        }
    }

    /**
     * Some games, as long as the replay that builds the version is not over; from then on everything. A version that has
     * caught up has what it took over behind its checkpoints, so nothing of it comes twice. It matters where a store has lost
     * something and a partition begins anew: until then the version it was taken from is the way back, from then on there are
     * the events alone. Safe for concurrent use.
     */
    final class UntilOver implements Selection {

        private final Games games;
        private volatile boolean isOver;

        UntilOver(Games games) {
            this.games = games;
        }

        @Override
        public boolean takes(StoredEvent event, int partition) {
            return isOver || games.takes(event, partition);
        }

        @Override
        public boolean takesAnew() {
            return isOver;
        }

        @Override
        public void replayIsOver() {
            isOver = true;
        }
    }
}
