package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.ReadEvent.WellFormed;
import io.gamemetrics.commandside.player.PlayerCodes;
import io.gamemetrics.commandside.player.Refusal;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pseudonyms of all players one request names, and which of them were erased. */
final class PlayerNames {

    private final Map<PlayerId, Standing> standings;

    /** Names for this request only, of players the vault is not to hear of. */
    private final Map<PlayerId, Pseudonym> passing = new HashMap<>();

    private PlayerNames(Map<PlayerId, Standing> standings) {
        this.standings = standings;
    }

    /** Asks the vault once for all; players it has never heard of are known to it from now on. */
    static PlayerNames of(Vault vault, int gameNumber, List<ReadEvent> events) {
        Set<PlayerId> players = playersIn(events);
        return new PlayerNames(players.isEmpty() ? Map.of() : vault.admit(gameNumber, players));
    }

    /** The same without a trace in the vault: unknown players get a name for this request only. */
    static PlayerNames withoutTrace(Vault vault, int gameNumber, List<ReadEvent> events) {
        Set<PlayerId> players = playersIn(events);
        PlayerNames names = new PlayerNames(players.isEmpty() ? Map.of() : vault.standings(gameNumber, players));
        players.forEach(player -> names.passing.put(player, new Pseudonym(UUID.randomUUID())));
        return names;
    }

    /** Why an event is not taken whatever it says: somebody it names was erased; absent when nobody was. */
    @Nullable
    Refusal refusal(WellFormed event) {
        Instant occurredAt = event.content().header().occurredAt();
        PlayerId player = event.player();
        if (player != null && isErased(player, occurredAt)) {
            return new Refusal(PlayerCodes.ERASED, "/playerId", "playerId: the player was erased");
        }
        if (event.content() instanceof Content.Link link && isErased(link.linked(), occurredAt)) {
            return new Refusal(PlayerCodes.ERASED, "/linkedPlayerId", "linkedPlayerId: the player was erased");
        }
        return null;
    }

    private boolean isErased(PlayerId player, Instant occurredAt) {
        return switch (standings.get(player)) {
            case Standing.Erased _ -> true;
            case Standing.Admitted(var _, Instant erasedAt) -> erasedAt != null && !occurredAt.isAfter(erasedAt);
            case null -> false;
        };
    }

    Pseudonym of(PlayerId player) {
        if (standings.get(player) instanceof Standing.Admitted admitted) {
            return admitted.subject().pseudonym();
        }
        Pseudonym pseudonym = passing.get(player);
        if (pseudonym == null) {
            throw new IllegalStateException("the vault must name every player it was asked for");
        }
        return pseudonym;
    }

    /** The event with the pseudonym of whom it links. */
    PlayerEvent event(Content content) {
        return switch (content) {
            case Content.Ready ready -> ready.event();
            case Content.Link link -> new PlayerLinked(link.header(), of(link.linked()));
        };
    }

    private static Set<PlayerId> playersIn(List<ReadEvent> events) {
        Set<PlayerId> players = new HashSet<>();
        for (ReadEvent event : events) {
            if (event instanceof WellFormed wellFormed) {
                if (wellFormed.player() != null) {
                    players.add(wellFormed.player());
                }
                if (wellFormed.content() instanceof Content.Link link) {
                    players.add(link.linked());
                }
            }
        }
        return players;
    }
}
