package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a projection can say of persons who are to be erased, or were. That they are taken away is no call: the projection
 * does it when it comes to the end of their stream. Safe for concurrent use, beside the projection. Besides what is declared,
 * every method throws an unchecked exception of the store's when that can't be asked.
 */
public interface Erasing {

    /**
     * What a version holds of these, for a plan before, or as proof after.
     *
     * @param persons the players who are one person, or any others
     * @return rows, keys or entries by their kind, a stable word; kinds without any are left out
     */
    Map<String, Long> held(int version, Collection<Person> persons) throws SQLException;

    /**
     * Looks through all that a version holds, decoded: every text, document and byte column, key and value there is, also those
     * this build knows nothing of. Reads all of it: for proofs, not for answers.
     */
    List<Hit> scan(int version, Needles needles) throws SQLException;

    /**
     * What stays of a person in sums of all players, as of now; empty where a projection has no such sums.
     *
     * @param person the players who are one person
     */
    default Optional<Remainder> remainder(int version, Collection<Person> person) throws SQLException {
        return Optional.empty();
    }
}
