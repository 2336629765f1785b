package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The vault for those who only look up and decrypt: nothing it does makes a game, a player or a key. Whoever was erased
 * is absent, here at the latest 10 s after the key was destroyed, and can't be told from somebody who never was. Safe for
 * concurrent use.
 */
public interface VaultReader {

    /**
     * The player's pseudonym in this game; absent for a game or a player the vault does not know.
     *
     * @throws VaultUnavailableException when the vault's database does not answer
     */
    Optional<Pseudonym> find(GameId game, PlayerId player);

    /**
     * Who these are. One query for all that are not on lease; pseudonyms of another game, of nobody and of the erased are
     * absent.
     *
     * @throws VaultUnavailableException when the vault's database does not answer
     */
    Map<Pseudonym, Identity> identities(GameId game, Collection<Pseudonym> pseudonyms);

    /** Who somebody is, and the key that opens what read models hold of their name. */
    record Identity(PlayerId playerId, DataKey key) {}
}
