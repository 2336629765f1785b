package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one version of a read model holds, to be held against what another one holds. Everything readers can see is in an
 * entry; nothing is that may differ between two versions that answer alike. Used by one thread at a time; every method throws an
 * unchecked exception of its store's when that can't be asked.
 */
public interface Contents extends AutoCloseable {

    /** How many entries a page has at most. */
    int PAGE = 1_000;

    /**
     * Whether all of it is of one moment, that of {@link #positions}, whatever is written meanwhile. Where not, what was read
     * may have changed since.
     */
    boolean isOfOneMoment();

    /** How far each partition's events are in it, by partition: at the moment it is of, or now. */
    Map<Integer, Position> positions();

    /**
     * From when on single events are kept, as of {@link #positions}; empty: all are, or none ever. Two versions may differ in
     * this and answer alike from the later of both on.
     */
    default Optional<Instant> keptFrom() {
        return Optional.empty();
    }

    /**
     * Leaves single events that occurred earlier out of all that is asked from now on: another version no longer keeps them.
     * What they added up to stays.
     */
    default void leaveOutBefore(Instant keptFrom) {}

    /** Gives every cell that is not empty, in their order. */
    void forEachCell(Consumer<Cell> each);

    /** Gives all entries of a cell, in no order, at most {@link #PAGE} at a time, perhaps one twice. */
    void forEachPage(Cell.Key cell, Consumer<List<Entry>> each);

    /** The entries of a cell that have these keys, at most {@link #PAGE} of them, by key. */
    Map<String, Entry> find(Cell.Key cell, Collection<String> keys);

    /** Lets the moment go. */
    @Override
    void close();
}
