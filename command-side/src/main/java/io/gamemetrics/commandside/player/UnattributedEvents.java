package io.gamemetrics.commandside.player;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.gamemetrics.commandside.player.KnownEvents.Question;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A share of a game's events that name no player. An event's id decides the share, so that the id is unique in the
 * game. Used by one thread at a time.
 */
public final class UnattributedEvents {

    @AggregateIdentifier
    private @Nullable String id;

    private PlayerState state = new PlayerState();

    /** A share without events. */
    public UnattributedEvents() {}

    private UnattributedEvents(String id, PlayerState state) {
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
    public List<Decision> decide(RecordUnattributedEvents command, KnownEvents known) {
        id = command.stream().toString();
        Set<Question> questions = questions(command);
        Facts facts = new Facts(
                state, questions.isEmpty() ? List.of() : known.find(command.stream(), questions), command.candidates());
        Decided decided =
                Decided.of(command.candidates(), facts, List.of(new OccurredInLivingMemory(command.receivedAt())));
        if (!command.validateOnly()) {
            decided.events().forEach(event -> apply(event));
        }
        return decided.decisions();
    }

    /** What {@link #decide} is going to ask {@link KnownEvents}. */
    public Set<Question> questions(RecordUnattributedEvents command) {
        Set<Question> questions = new HashSet<>();
        for (Candidate candidate : command.candidates()) {
            Questions.askForEvent(state.seen(), candidate.event().header().eventId(), questions);
        }
        return questions;
    }

    @EventSourcingHandler
    void evolve(PlayerEvent event, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        state.evolve(event);
    }

    /** The share's state for a snapshot. */
    public byte[] toSnapshot() {
        return state.toBytes();
    }

    /**
     * The share as {@link #toSnapshot} kept it.
     *
     * @throws IllegalArgumentException when the bytes are of another format
     */
    public static UnattributedEvents ofSnapshot(String id, byte[] snapshot) {
        return new UnattributedEvents(id, PlayerState.fromBytes(snapshot));
    }

    @Override
    public String toString() {
        return "UnattributedEvents[" + id + "]";
    }
}
