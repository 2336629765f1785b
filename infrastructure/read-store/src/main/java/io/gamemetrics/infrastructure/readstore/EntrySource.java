package io.gamemetrics.infrastructure.readstore;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Where the entries of some sections of a read model lie. Immutable. */
public interface EntrySource {

    /** The sections' names; sorted among all others they stand together. */
    List<String> sections();

    /** Gives the cells of those sections that are asked for, in their order. */
    void forEachCell(Reading reading, Consumer<Cell> each) throws SQLException;

    /** Gives all entries of a cell of one of its sections. */
    void forEachEntry(Reading reading, Cell.Key cell, Consumer<Entry> each) throws SQLException;

    /** Gives those of a cell's entries that have these keys. */
    void find(Reading reading, Cell.Key cell, Collection<String> keys, Consumer<Entry> each) throws SQLException;
}
