package io.gamemetrics.queryside.player;

import io.gamemetrics.infrastructure.privacy.ReadAudit;
import io.gamemetrics.infrastructure.privacy.ReadAudit.Field;
import io.gamemetrics.infrastructure.privacy.SealedName;
import io.gamemetrics.infrastructure.privacy.UnreadableEnvelopeException;
import io.gamemetrics.infrastructure.privacy.VaultReader;
import io.gamemetrics.infrastructure.privacy.VaultReader.Identity;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.playersstore.Name;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Leads from a game's players to their pseudonyms and back, for each caller as far as they may see. A game's READ key and
 * the roles support, privacy and admin see the studio's own ids and players' names; everybody else sees the pseudonym in
 * the id's place, and no name. What a person sees is audited before it is told: no audit, no answer. An erased player is
 * absent, at the latest 10 s after the erasure. Safe for concurrent use.
 */
@Component
public final class PlayerDirectory {

    private final VaultReader vault;
    private final ReadAudit audit;
    private final SealedNames names;

    public PlayerDirectory(VaultReader vault, ReadAudit audit, SealedNames names) {
        this.vault = vault;
        this.audit = audit;
        this.names = names;
    }

    /**
     * The player a caller means. A guest's id still leads to the guest's own pseudonym when the two were linked.
     *
     * @param id the studio's id where the caller sees ids, else the pseudonym
     * @return absent when there is no such player, in particular when the text can be nobody's id
     */
    public Optional<Pseudonym> find(Caller caller, GameId game, String id) {
        if (!seesIds(caller, game)) {
            return pseudonym(id).filter(player -> knows(game, player));
        }
        Optional<Pseudonym> found = playerId(id).flatMap(player -> vault.find(game, player));
        found.ifPresent(player -> record(caller, game, Field.LOOK_UP, List.of(player)));
        return found;
    }

    /** What stands for each player in an answer to this caller: the studio's id or the pseudonym. Erased ones are absent. */
    public Map<Pseudonym, String> ids(Caller caller, GameId game, Collection<Pseudonym> players) {
        boolean shown = seesIds(caller, game);
        Map<Pseudonym, String> ids = new HashMap<>();
        known(game, players)
                .forEach((player, identity) ->
                        ids.put(player, shown ? identity.playerId().value() : player.toString()));
        if (shown) {
            record(caller, game, Field.PLAYER_ID, ids.keySet());
        }
        return ids;
    }

    /** Whether this is a player of the game who was not erased. */
    boolean knows(GameId game, Pseudonym player) {
        return known(game, List.of(player)).containsKey(player);
    }

    /** The names of those players who have one; of none when the caller sees no names. Erased ones are absent. */
    public Map<Pseudonym, String> displayNames(Caller caller, GameId game, Collection<Pseudonym> players) {
        Map<Pseudonym, String> shown = new HashMap<>();
        if (seesIds(caller, game)) {
            Map<Pseudonym, Name> sealed = names.of(game, players);
            Set<Pseudonym> involved = new HashSet<>(sealed.keySet());
            sealed.values().forEach(name -> involved.add(name.owner()));
            Map<Pseudonym, Identity> known = known(game, involved);
            sealed.forEach((player, name) -> {
                Identity owner = known.get(name.owner());
                if (owner != null && known.containsKey(player)) {
                    shown.put(player, open(owner, name));
                }
            });
            record(caller, game, Field.DISPLAY_NAME, shown.keySet());
        }
        return shown;
    }

    private Map<Pseudonym, Identity> known(GameId game, Collection<Pseudonym> players) {
        return players.isEmpty() ? Map.of() : vault.identities(game, players);
    }

    private static boolean seesIds(Caller caller, GameId game) {
        return caller.isKey()
                ? caller.may(Role.READ, game)
                : caller.may(Role.SUPPORT, game) || caller.may(Role.PRIVACY, game);
    }

    private void record(Caller caller, GameId game, Field field, Collection<Pseudonym> read) {
        if (caller.isKey() || read.isEmpty()) {
            return;
        }
        if (caller.name().isBlank()) {
            throw new QueryRefused(
                    ErrorCode.FORBIDDEN, "The token says nobody's name: who sees players' ids must have one.");
        }
        audit.record(caller.name(), game, field, read);
    }

    private static String open(Identity owner, Name name) {
        try {
            return SealedName.open(owner.key(), name.sealed());
        } catch (UnreadableEnvelopeException e) {
            throw new IllegalStateException("a player's stored name does not open: pseudonym=" + name.owner(), e);
        }
    }

    /** A text that can't be a player's id names no player. */
    private static Optional<PlayerId> playerId(String text) {
        try {
            return Optional.of(new PlayerId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Pseudonym> pseudonym(String text) {
        try {
            UUID value = UUID.fromString(text);
            // It also reads shorter forms, of which the stream is not one.
            return value.toString().equals(text) ? Optional.of(new Pseudonym(value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
