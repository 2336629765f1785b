package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A projection whose read model can be rebuilt beside the live one: each version of it has a store of its own, tables, keys
 * or collections, that no other version touches. Called from one thread at a time but for {@link #takeOver} and
 * {@link #contents}, which another one calls meanwhile.
 */
public interface VersionedProjection {

    /** The projection's stable name. */
    String name();

    /** What it reads. */
    default Projection.Reads reads() {
        return Projection.Reads.EVERYTHING;
    }

    /** Whether a second version can be built beside the first: not where handling an event again shows outside. */
    default boolean isRebuildable() {
        return true;
    }

    /**
     * Opens a version's store, and makes it where it is not there yet. Version 1 is what was there before there were
     * versions.
     *
     * @param number from 1
     */
    Open open(int number);

    /**
     * Numbers of the handlers this build carries, from the oldest to the newest: the newest, by which new versions are
     * built, and the ones before it, by which the live one goes on until it is replaced. A number stands for one way to
     * turn events into rows, for ever.
     */
    default List<Integer> handlers() {
        return List.of(1);
    }

    /**
     * Opens a version's store, as {@link #open(int)} does, to be written by handlers of this number.
     *
     * @param handlers one of {@link #handlers}
     */
    default Open open(int number, int handlers) {
        return open(number);
    }

    /**
     * Opens a version's store, as {@link #open(int, int)} does, of which some may have been taken over from another version.
     *
     * @param takesAnew whether a partition that begins anew is given also what was taken over. To be asked when one does: it
     *     becomes true when the replay is over that built the version, and stays so. Safe for concurrent use
     */
    default Open open(int number, int handlers, BooleanSupplier takesAnew) {
        return open(number, handlers);
    }

    /**
     * Whether a version that has caught up has everything readers find in the one it replaces, also what is made of it
     * aside.
     */
    default boolean isReady(int number, int replaces) {
        return true;
    }

    /** How many bytes a version's store takes; absent where that can't be told, or is not known yet. */
    default OptionalLong bytes(int number) throws SQLException {
        return OptionalLong.empty();
    }

    /**
     * Fills a version whose store is new with what another one holds of all games but some, all of one moment. Makes the
     * store where it is not there yet. Again changes nothing and gives the same, also after it was broken off. An interrupt
     * breaks it off within moments, also where the store is at a long statement; the thread is still interrupted then.
     *
     * @param from the version it is taken from, which goes on being written
     * @param leftOut games that are rebuilt
     * @return how far each partition's events are in what was taken, by partition
     */
    default Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) throws SQLException {
        throw new UnsupportedOperationException(name() + " is only rebuilt as a whole");
    }

    /**
     * What a version holds, to be compared.
     *
     * @param types ids of the event types it was built from, when not from all: only what depends on no other type is
     *     given. Empty: all
     */
    default Contents contents(int number, Set<Integer> types) {
        throw new UnsupportedOperationException(name() + " can't be compared");
    }

    /** How many bytes are free where versions are stored; absent where that is the disk of the data folder. */
    default OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    /** What a replay begun now would count otherwise than this version, because settings changed; empty for nothing. */
    default List<Occasion> occasions(int active) throws SQLException {
        return List.of();
    }

    /** What it can say of persons who are erased; empty where it keeps nothing of any. */
    default Optional<Erasing> erasing() {
        return Optional.empty();
    }

    /** What it can give persons of themselves; empty where it keeps nothing of any. */
    default Optional<Exporting> exporting() {
        return Optional.empty();
    }

    /** Takes a version's store away, as a whole. Again changes nothing. */
    void drop(int number) throws SQLException;

    /**
     * A version that is open.
     *
     * @param close gives back what opening it took; its store stays
     */
    record Open(Projection projection, Runnable close) {

        /** One that took nothing. */
        public Open(Projection projection) {
            this(projection, () -> {});
        }
    }
}
