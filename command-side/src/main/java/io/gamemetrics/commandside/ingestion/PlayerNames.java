package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.ReadEvent.WellFormed;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The pseudonyms of all players one request names. */
final class PlayerNames {

    private final Map<PlayerId, Pseudonym> pseudonyms = new HashMap<>();

    private PlayerNames() {}

    /** Asks the vault once for all; players it has never heard of are known to it from now on. */
    static PlayerNames of(Vault vault, int gameNumber, List<ReadEvent> events) {
        PlayerNames names = new PlayerNames();
        Set<PlayerId> players = playersIn(events);
        if (!players.isEmpty()) {
            names.add(vault.subjects(gameNumber, players));
        }
        return names;
    }

    /** The same without a trace in the vault: unknown players get a name for this request only. */
    static PlayerNames withoutTrace(Vault vault, int gameNumber, List<ReadEvent> events) {
        PlayerNames names = new PlayerNames();
        Set<PlayerId> players = playersIn(events);
        if (!players.isEmpty()) {
            names.add(vault.findSubjects(gameNumber, players));
            players.forEach(
                    player -> names.pseudonyms.computeIfAbsent(player, unknown -> new Pseudonym(UUID.randomUUID())));
        }
        return names;
    }

    Pseudonym of(PlayerId player) {
        Pseudonym pseudonym = pseudonyms.get(player);
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

    private void add(Map<PlayerId, Subject> subjects) {
        subjects.forEach((player, subject) -> pseudonyms.put(player, subject.pseudonym()));
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
