package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/**
 * Reads the players. A guest who was linked and the player they were linked to are one person, by whichever of them one
 * asks. Every answer is of one state of the tables. Safe for concurrent use. Every method throws
 * {@link PlayersStoreException} when the database can't be asked.
 */
public interface PlayersReader {

    /** A reader of version 1. */
    static PlayersReader on(DataSource database, int partitions) {
        return on(database, () -> 1, partitions);
    }

    /**
     * A reader of one version's tables in this database.
     *
     * @param version which, asked for each question
     * @param partitions how many partitions the projection reads
     */
    static PlayersReader on(DataSource database, IntSupplier version, int partitions) {
        return new PostgresPlayersReader(database, version, partitions);
    }

    /** How far the partition furthest behind has come; absent before the first events of a partition. */
    Optional<Checkpoint> checkpoint();

    /** Everything at or before it is in every answer; absent before the first events of a partition. */
    default Optional<Position> position() {
        return checkpoint().map(Checkpoint::position);
    }

    /** What is known of the person this player is; absent when no event of theirs has come. */
    Optional<Profile> player(GameId game, Pseudonym player);

    /**
     * The name of each person these players are, by the player asked for: that of the latest registration that gives one.
     * Without a name they are absent.
     */
    Map<Pseudonym, Name> names(GameId game, Collection<Pseudonym> players);
}
