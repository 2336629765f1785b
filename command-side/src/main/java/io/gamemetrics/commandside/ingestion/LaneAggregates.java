package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.KnownEvents.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;

/** One kind of aggregate in one lane: those it holds, and their command handlers. Used by the lane's thread only. */
final class LaneAggregates<A, C> {

    private final AggregateKind<A, C> kind;
    private final LaneCache cache;
    private final Repository<A> repository;
    private final AggregateAnnotationCommandHandler<A> handler;
    private final Set<String> snapshotsDue = new HashSet<>();

    /** @param heldBytes the part of {@link LaneSettings#heldBytes} that is theirs */
    LaneAggregates(
            AggregateKind<A, C> kind,
            long heldBytes,
            LaneEventStore events,
            LaneSettings settings,
            List<Object> injectedResources) {
        this.kind = kind;
        this.cache = new LaneCache(heldBytes);
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(kind.type()),
                new SimpleResourceParameterResolverFactory(injectedResources));
        this.repository = EventSourcingRepository.builder(kind.type())
                .eventStore(events)
                .cache(cache)
                // One thread a lane: Axon's own lock factory scans all locks every 10 ms under contention.
                .lockFactory(NullLockFactory.INSTANCE)
                .parameterResolverFactory(parameters)
                .snapshotTriggerDefinition(new EventCountSnapshotTriggerDefinition(
                        (type, id) -> snapshotsDue.add(id), settings.snapshotEvents()))
                .build();
        this.handler = AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(kind.type())
                .repository(repository)
                .parameterResolverFactory(parameters)
                .build();
    }

    AggregateKind<A, C> kind() {
        return kind;
    }

    LaneCache cache() {
        return cache;
    }

    Repository<A> repository() {
        return repository;
    }

    AggregateAnnotationCommandHandler<A> handler() {
        return handler;
    }

    /** What deciding the command asks of the past. In a unit of work; the aggregate has events. */
    Set<Question> questions(String id, CommandMessage<?> command) {
        C payload = kind.command().cast(command.getPayload());
        return repository.load(id).invoke(aggregate -> kind.questions().apply(aggregate, payload));
    }

    /** The names of aggregates of which it is time to take a snapshot, each told once. */
    Set<String> takeSnapshotsDue() {
        Set<String> due = new HashSet<>(snapshotsDue);
        snapshotsDue.clear();
        due.removeIf(id -> !cache.containsKey(id));
        return due;
    }

    /** The state of an aggregate the lane holds. */
    byte[] snapshotOf(String id) {
        DefaultUnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        try {
            return repository.load(id).invoke(kind.toSnapshot());
        } finally {
            work.commit();
        }
    }
}
