package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Person;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/**
 * What a projection can give of a person to that person: everything its read model holds of them, and nothing of anybody
 * else. Safe for concurrent use, beside the projection. Besides what is declared, every method throws an unchecked exception
 * of the store's when that can't be asked.
 */
public interface Exporting {

    /** What is given, one sentence a table in plain words, by the table's name. */
    Map<String, String> tables();

    /**
     * Gives all rows there are of these.
     *
     * @param person the players who are one person
     * @param rows where they go; throws what stops this
     */
    void export(int version, Collection<Person> person, Rows rows) throws SQLException;

    /** Where rows go, one at a time. */
    @FunctionalInterface
    interface Rows {

        /**
         * @param table one of {@link #tables}
         * @param row texts, numbers and truth values by column, readable for people, in the order of the columns
         */
        void add(String table, Map<String, ?> row);
    }
}
