package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.PostgresStorageEngine;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.util.concurrent.CompletionException;
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

/** Stock Axon for requests: a simple command bus and an event sourcing repository on our storage engine. */
public final class RequestCommands {

    private static final int MAX_ATTEMPTS = 5;

    private final CommandBus bus;

    public RequestCommands(EventStore store, EventCodec codec) {
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new PostgresStorageEngine(store, codec, JacksonSerializer.defaultSerializer()))
                .build();
        bus = SimpleCommandBus.builder().build();
        AggregateAnnotationCommandHandler.<DataSubjectRequest>builder()
                .aggregateType(DataSubjectRequest.class)
                .repository(EventSourcingRepository.builder(DataSubjectRequest.class)
                        .eventStore(events)
                        .build())
                .build()
                .subscribe(bus);
    }

    /**
     * Has a request decide, anew when another replica was faster.
     *
     * @throws Refusal when the request says no
     */
    void send(RequestCommand command) {
        for (int attempt = 1; ; attempt++) {
            FutureCallback<RequestCommand, Object> callback = new FutureCallback<>();
            bus.dispatch(new GenericCommandMessage<>(command), callback);
            CommandResultMessage<?> result = callback.getResult();
            if (!result.isExceptional()) {
                return;
            }
            Throwable failure = result.exceptionResult();
            if (failure instanceof BrokenRule broken) {
                throw new Refusal(SubjectProblem.of(broken.rule()));
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
