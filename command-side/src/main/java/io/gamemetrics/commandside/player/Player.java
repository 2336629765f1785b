package io.gamemetrics.commandside.player;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.gamemetrics.commandside.player.KnownEvents.Question;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One player of one game. Decides what of the reported events is true; refuses by value, never by exception. Used by
 * one thread at a time.
 */
public final class Player {

    @AggregateIdentifier
    private @Nullable String id;

    private PlayerState state = new PlayerState();

    /** A player of whom nothing is known yet. */
    public Player() {}

    private Player(String id, PlayerState state) {
        this.id = id;
        this.state = state;
    }

    /**
     * Decides the command's events, in their order.
     *
     * @return one decision for each candidate, in their order
     */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public List<Decision> decide(RecordEvents command, KnownEvents known, OtherPlayers others) {
        // An Axon aggregate has to know its name before its first event; only the command tells it.
        id = command.player().toString();
        UUID stream = command.player().value();
        Set<Question> questions = questions(command);
        Facts facts =
                new Facts(state, questions.isEmpty() ? List.of() : known.find(stream, questions), command.candidates());
        List<Rule> rules = List.of(
                new PlayerIsNotErased(state.isErased()),
                new OccurredInLivingMemory(command.receivedAt()),
                new PlayerSendsNotTooMany(command.playerEventsPerMinute()),
                new LeaderboardIsDefined(command.leaderboards()),
                new SessionStartsAndEndsOnce(),
                new SessionEndsAfterItsStart(),
                new RefundIsNotMoreThanBought(),
                new LinkedPlayersAreOnePerson(command.player(), others, command.validateOnly()));
        Decided decided = Decided.of(command.candidates(), facts, rules);
        if (!command.validateOnly()) {
            decided.events().forEach(event -> apply(event));
        }
        return decided.decisions();
    }

    /** Bans; says no by its answer, never by exception. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Moderated decide(BanFromLeaderboard command, KnownEvents known) {
        id = command.player().toString();
        if (state.isErased()) {
            return Moderated.ERASED;
        }
        if (state.bans().holds(command.leaderboardId()) || isDecided(command, command.eventId(), known)) {
            return Moderated.UNCHANGED;
        }
        if (!state.bans().hasRoomFor(command.leaderboardId())) {
            return Moderated.TOO_MANY_BOARDS;
        }
        EventHeader header = new EventHeader(command.eventId(), command.at(), null, Dimensions.NONE, false);
        apply(new LeaderboardBanned(header, command.leaderboardId(), command.by(), command.reason()));
        return Moderated.DONE;
    }

    /** Lifts a ban. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Moderated decide(UnbanFromLeaderboard command, KnownEvents known) {
        id = command.player().toString();
        if (state.isErased()) {
            return Moderated.ERASED;
        }
        if (!state.bans().holds(command.leaderboardId()) || isDecided(command, command.eventId(), known)) {
            return Moderated.UNCHANGED;
        }
        EventHeader header = new EventHeader(command.eventId(), command.at(), null, Dimensions.NONE, false);
        apply(new LeaderboardUnbanned(header, command.leaderboardId(), command.by()));
        return Moderated.DONE;
    }

    /** Freezes the player: the one event that may still come is that they were erased. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public Moderated decide(BeginErasure command) {
        id = command.player().toString();
        if (state.isErased()) {
            return Moderated.UNCHANGED;
        }
        apply(new ErasureBegun(command.at()));
        return Moderated.DONE;
    }

    /** What {@link #decide} is going to ask {@link KnownEvents}, so that the answers of many players come at once. */
    public Set<Question> questions(PlayerCommand command) {
        return switch (command) {
            case RecordEvents events -> Questions.of(state, events.candidates());
            case BanFromLeaderboard ban -> Questions.ofModeration(state.seen(), ban.eventId());
            case UnbanFromLeaderboard unban -> Questions.ofModeration(state.seen(), unban.eventId());
            case BeginErasure _ -> Set.of();
        };
    }

    private boolean isDecided(PlayerCommand command, EventId decision, KnownEvents known) {
        Set<Question> questions = questions(command);
        return !questions.isEmpty()
                && known.find(command.player().value(), questions).stream()
                        .anyMatch(one ->
                                (one.event() instanceof LeaderboardBanned || one.event() instanceof LeaderboardUnbanned)
                                        && one.event().header().eventId().equals(decision));
    }

    /**
     * Takes this player's half of a link.
     *
     * @return whether they agree: they are not linked to anybody and nobody is linked to them
     */
    public OtherPlayers.Consent link(Pseudonym self, LinkedToPlayer half, boolean validateOnly) {
        id = self.toString();
        if (state.isErased()) {
            return OtherPlayers.Consent.ERASED;
        }
        if (state.person() != null || state.linksOthers()) {
            return OtherPlayers.Consent.LINKED;
        }
        if (!validateOnly) {
            apply(half);
        }
        return OtherPlayers.Consent.AGREED;
    }

    @EventSourcingHandler
    void evolve(PlayerEvent event, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        state.evolve(event);
    }

    /** The player's state for a snapshot: plain and personal, at most {@value PlayerState#MAX_BYTES} bytes. */
    public byte[] toSnapshot() {
        return state.toBytes();
    }

    /**
     * The player as {@link #toSnapshot} kept them.
     *
     * @throws IllegalArgumentException when the bytes are of another format
     */
    public static Player ofSnapshot(String id, byte[] snapshot) {
        return new Player(id, PlayerState.fromBytes(snapshot));
    }

    @Override
    public String toString() {
        return "Player[" + id + "]";
    }
}
