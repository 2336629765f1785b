package io.gamemetrics.commandside.stock;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.PostgresStorageEngine;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.json.JacksonSerializer;

/** Stock Axon for one kind of aggregate: a simple command bus and an event sourcing repository on our storage engine. */
public final class StockCommands {

    private static final int MAX_ATTEMPTS = 5;

    private final CommandBus bus;
    private final Function<Throwable, Optional<Refusal>> refusals;

    /** @param refusals what a caller is told when the aggregate throws this; empty: it is a fault */
    public <A> StockCommands(
            Class<A> aggregate, EventStore store, EventCodec codec, Function<Throwable, Optional<Refusal>> refusals) {
        this.refusals = refusals;
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new PostgresStorageEngine(store, codec, JacksonSerializer.defaultSerializer()))
                .build();
        bus = SimpleCommandBus.builder().build();
        AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(aggregate)
                .repository(EventSourcingRepository.builder(aggregate)
                        .eventStore(events)
                        .build())
                .build()
                .subscribe(bus);
    }

    /**
     * Has an aggregate decide, anew when another replica was faster.
     *
     * @throws Refusal when it says no, or does not exist
     */
    public void send(Object command) {
        for (int attempt = 1; ; attempt++) {
            FutureCallback<Object, Object> callback = new FutureCallback<>();
            bus.dispatch(new GenericCommandMessage<>(command), callback);
            CommandResultMessage<?> result = callback.getResult();
            if (!result.isExceptional()) {
                return;
            }
            Throwable failure = result.exceptionResult();
            Optional<Refusal> refusal = refusals.apply(failure);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            if (failure instanceof AggregateNotFoundException) {
                throw new Refusal(RequestProblem.NOT_FOUND);
            }
            if (!(failure instanceof ConcurrencyException) || attempt == MAX_ATTEMPTS) {
                throw failure instanceof RuntimeException e ? e : new CompletionException(failure);
            }
        }
    }
}
