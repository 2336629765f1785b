package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;

/**
 * Remembers for good which person looked behind which pseudonyms. Only ever added to; holds no id and no name of a player.
 * Safe for concurrent use.
 */
public interface ReadAudit {

    /** What was read of a player. Stored by name. */
    enum Field {
        /** An id was given, and it was told that there is such a player. */
        LOOK_UP,
        /** A pseudonym was given, and the id was told. */
        PLAYER_ID,
        /** A pseudonym was given, and the name was told. */
        DISPLAY_NAME
    }

    /**
     * Records a read; it is on disk when this returns. Comes before anything that was read is handed out.
     *
     * @param reader who reads: the subject of their token, not empty
     * @param read without any, nothing is recorded
     * @throws VaultUnavailableException when it was not recorded
     */
    void record(String reader, GameId game, Field field, Collection<Pseudonym> read);
}
