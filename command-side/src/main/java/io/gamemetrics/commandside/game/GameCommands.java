package io.gamemetrics.commandside.game;

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
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.json.JacksonSerializer;

/** Stock Axon for games: a simple command bus and an event sourcing repository on our storage engine. */
public final class GameCommands {

    private static final int MAX_ATTEMPTS = 5;

    private final CommandBus bus;

    public GameCommands(EventStore store, EventCodec codec) {
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new PostgresStorageEngine(store, codec, JacksonSerializer.defaultSerializer()))
                .build();
        bus = SimpleCommandBus.builder().build();
        AggregateAnnotationCommandHandler.<Game>builder()
                .aggregateType(Game.class)
                .repository(EventSourcingRepository.builder(Game.class)
                        .eventStore(events)
                        .build())
                .build()
                .subscribe(bus);
    }

    /**
     * Has a game decide, anew when another replica was faster.
     *
     * @throws Refusal when the game says no
     */
    void send(GameCommand command) {
        for (int attempt = 1; ; attempt++) {
            FutureCallback<GameCommand, Object> callback = new FutureCallback<>();
            bus.dispatch(new GenericCommandMessage<>(command), callback);
            CommandResultMessage<?> result = callback.getResult();
            if (!result.isExceptional()) {
                return;
            }
            Throwable failure = result.exceptionResult();
            if (failure instanceof BrokenRule broken) {
                throw new Refusal(GameProblem.of(broken.rule()));
            }
            if (failure instanceof org.axonframework.modelling.command.AggregateNotFoundException) {
                throw new Refusal(RequestProblem.NOT_FOUND);
            }
            if (!(failure instanceof ConcurrencyException) || attempt == MAX_ATTEMPTS) {
                throw failure instanceof RuntimeException e ? e : new CompletionException(failure);
            }
        }
    }
}
