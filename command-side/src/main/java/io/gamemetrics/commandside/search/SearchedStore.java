package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.readstore.Needles;
import java.sql.SQLException;

/**
 * Something that is looked through as a whole, decoded as far as it can be. Reads all of it. Besides what is declared, every
 * method throws an unchecked exception of the store's when that can't be asked.
 */
interface SearchedStore {

    /** A stable word, that no projection has for a name. */
    String name();

    void search(Needles needles, Places found) throws SQLException;
}
