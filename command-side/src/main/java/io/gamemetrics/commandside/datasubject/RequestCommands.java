package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.stock.StockCommands;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.Optional;

/** Where commands of requests go. */
public final class RequestCommands {

    private final StockCommands commands;

    public RequestCommands(EventStore store, EventCodec codec) {
        commands = new StockCommands(DataSubjectRequest.class, store, codec, RequestCommands::refusal);
    }

    /** @throws Refusal when the request says no, or does not exist */
    void send(RequestCommand command) {
        commands.send(command);
    }

    private static Optional<Refusal> refusal(Throwable failure) {
        return failure instanceof BrokenRule broken
                ? Optional.of(new Refusal(SubjectProblem.of(broken.rule())))
                : Optional.empty();
    }
}
