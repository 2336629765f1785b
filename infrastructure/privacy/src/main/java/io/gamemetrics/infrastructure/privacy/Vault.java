package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is behind a pseudonym and holds every data key. Its database and its backups are its own. Safe for
 * concurrent use; whatever it hands out is a lease of at most 10 s, so an erasure is over everywhere after that.
 */
public interface Vault {

    /** The game's number, made now when the game is new. Numbers are dense from 1 and never used again. */
    int gameNumber(GameId gameId);

    /** The number of a game that has one already. */
    Optional<Integer> findGameNumber(GameId gameId);

    /** The game with a number {@link #gameNumber} gave out. */
    Optional<GameId> gameOf(int gameNumber);

    /**
     * Whether these players' events are taken, and who they are; those new made now. One query for all who are not
     * leased, one more for those new. Everyone asked for is answered.
     */
    Map<PlayerId, Standing> admit(int gameNumber, Collection<PlayerId> playerIds);

    /** The same without making anybody: who is new is absent. */
    Map<PlayerId, Standing> standings(int gameNumber, Collection<PlayerId> playerIds);

    /** Those who are {@link Standing.Erased}, asked of the database and not of a lease. */
    Set<PlayerId> erasedNow(int gameNumber, Collection<PlayerId> playerIds);

    /** The subjects of these players, those new made now; who was erased and not readmitted is absent. */
    default Map<PlayerId, Subject> subjects(int gameNumber, Collection<PlayerId> playerIds) {
        Map<PlayerId, Subject> subjects = new HashMap<>();
        admit(gameNumber, playerIds).forEach((player, standing) -> {
            if (standing instanceof Standing.Admitted admitted) {
                subjects.put(player, admitted.subject());
            }
        });
        return subjects;
    }

    /** The subjects of those players who have one, until their key is destroyed. */
    Map<PlayerId, Subject> findSubjects(int gameNumber, Collection<PlayerId> playerIds);

    /** The subjects of those streams that have one, by stream: the way back from a pseudonym. One query for all. */
    Map<UUID, Subject> subjectsOf(Collection<UUID> streams);

    /**
     * The keys of these streams, one query for all that are not leased. A stream whose key was destroyed is absent.
     * Players' streams have a key each; all other streams of a game share the game's.
     */
    Map<UUID, DataKey> keys(Collection<UUID> streams);

    /**
     * Those of these players' streams whose key was destroyed. A stream in neither {@link #keys} nor here is one this
     * vault has never known: the vault was restored to older data, or belongs to another store.
     */
    Set<UUID> erased(Collection<UUID> streams);

    /**
     * For players' streams, those whose own key was destroyed too: the key of the player's game, with the player's number. For
     * what is to be read longer than the player's own key exists. A stream that is no player's is absent.
     */
    Map<UUID, DataKey> gameKeysOf(Collection<UUID> streams);

    /** Registers a stream that belongs to the game itself and not to a player; again is the same. */
    void gameStreams(int gameNumber, Collection<UUID> streams);

    /** The key under which this game's rejected events are kept. */
    DataKey rejectionKey(int gameNumber);

    /** Whether a player's events are taken. */
    sealed interface Standing {

        /**
         * They are.
         *
         * @param erasedAt what occurred at or before this is refused all the same: who came back after an erasure;
         *     absent: was never erased
         */
        record Admitted(Subject subject, @Nullable Instant erasedAt) implements Standing {}

        /**
         * They are not: the player's erasure was begun, and nobody let them back in.
         *
         * @param erasedAt when it began
         */
        record Erased(Instant erasedAt) implements Standing {}
    }

    /**
     * A player as the platform knows them.
     *
     * @param playerNumber dense from 0 in each game
     */
    record Subject(int gameNumber, Pseudonym pseudonym, int playerNumber, PlayerId playerId) {}
}
