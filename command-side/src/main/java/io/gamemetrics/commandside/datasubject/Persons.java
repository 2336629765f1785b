package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.player.BeginErasure;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Freezes everybody who is one person with a player, so that nothing more comes of them, and reads who they are. A player
 * is frozen before their links are read, so no link is missed. Every step may be repeated. Safe for concurrent use.
 */
final class Persons {

    private static final int PAGE = 1_000;

    private final PostgresVault vault;
    private final EventStore store;
    private final EventCodec codec;
    private final PlayerCommands players;

    Persons(PostgresVault vault, EventStore store, EventCodec codec, PlayerCommands players) {
        this.vault = vault;
        this.store = store;
        this.codec = codec;
        this.players = players;
    }

    /**
     * One person.
     *
     * @param members the players who are this person, the one asked for first
     * @param needles what says who they are: ids, names, sessions, pseudonyms. Not what they wrote or did: others may have
     *     written the same
     * @param keepable how many events there are of each kind that could be kept; kinds without any are left out
     */
    record Person(List<Subject> members, List<String> needles, Map<KeptKind, Long> keepable) {

        List<UUID> streams() {
            return members.stream().map(member -> member.pseudonym().value()).toList();
        }

        @Override
        public String toString() {
            return "Person[members=" + members.size() + "]";
        }
    }

    /** The person a player is; empty when the vault holds nobody of this id, not yet or no more: it is refused from now on. */
    Optional<Person> freeze(int game, PlayerId player) {
        vault.erasures().begin(game, player);
        return gather(game, player, member -> {
            Instant at = vault.erasures().begin(game, member.playerId());
            players.moderate(new BeginErasure(member.pseudonym(), at));
        });
    }

    /** The person a player is now, as {@link #freeze} finds them; nothing is changed, so somebody may be linked meanwhile. */
    Optional<Person> find(int game, PlayerId player) {
        return gather(game, player, member -> {});
    }

    /** @param before is done with each member before their links are read */
    private Optional<Person> gather(int game, PlayerId player, Consumer<Subject> before) {
        Subject asked = vault.findSubjects(game, List.of(player)).get(player);
        if (asked == null) {
            return Optional.empty();
        }
        Map<UUID, Subject> members = new LinkedHashMap<>();
        PersonNeedles needles = new PersonNeedles();
        Map<KeptKind, Long> keepable = new EnumMap<>(KeptKind.class);
        Deque<Subject> open = new ArrayDeque<>(List.of(asked));
        while (!open.isEmpty()) {
            Subject member = open.remove();
            if (members.putIfAbsent(member.pseudonym().value(), member) == null) {
                needles.id(member.playerId().value());
                needles.id(member.pseudonym().toString());
                before.accept(member);
                open.addAll(
                        vault.subjectsOf(linkedWith(member, needles, keepable)).values());
            }
        }
        return Optional.of(new Person(List.copyOf(members.values()), needles.texts(), keepable));
    }

    /** Has this process read a frozen player anew, if it holds them from before. */
    void refresh(Collection<UUID> streams, Instant at) {
        for (UUID stream : streams) {
            players.moderate(new BeginErasure(new io.gamemetrics.sharedkernel.ids.Pseudonym(stream), at));
        }
    }

    private List<UUID> linkedWith(Subject member, PersonNeedles needles, Map<KeptKind, Long> keepable) {
        List<UUID> linked = new ArrayList<>();
        UUID stream = member.pseudonym().value();
        List<StoredEvent> page = store.readStream(stream, 0, PAGE);
        while (!page.isEmpty()) {
            for (Decoded decoded : codec.decode(page)) {
                if (decoded instanceof Decoded.Event event && event.payload() instanceof PlayerEvent happened) {
                    note(happened, linked, needles);
                    for (KeptKind kind : KeptKind.values()) {
                        if (KeptEvents.isOf(kind, happened)) {
                            keepable.merge(kind, 1L, Long::sum);
                        }
                    }
                }
            }
            page = store.readStream(stream, page.getLast().sequence() + 1, PAGE);
        }
        return linked;
    }

    private static void note(PlayerEvent event, List<UUID> linked, PersonNeedles needles) {
        switch (event) {
            case PlayerLinked link -> linked.add(link.linked().value());
            case LinkedToPlayer link -> linked.add(link.person().value());
            case PlayerRegistered registered
            when registered.displayName() != null -> needles.name(registered.displayName());
            default -> {
                // Says nothing more of who it is.
            }
        }
        SessionId session = event.header().sessionId();
        if (session != null) {
            needles.session(session.value());
        }
    }
}
