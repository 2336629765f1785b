package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.CompleteRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.EndExport;
import io.gamemetrics.commandside.datasubject.RequestCommand.ExtendRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordExported;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKept;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKeptEnded;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordPurged;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordScanned;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.commandside.stock.StockCommands;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.Optional;

/** Where commands of requests go. */
public final class RequestCommands {

    private final StockCommands commands;
    private final Standings standings;

    /** @param standings is told of every request that went on */
    public RequestCommands(EventStore store, EventCodec codec, Standings standings) {
        this.standings = standings;
        commands = new StockCommands(DataSubjectRequest.class, store, codec, RequestCommands::refusal);
    }

    /** @throws Refusal when the request says no, or does not exist */
    void send(RequestCommand command) {
        commands.send(command);
        if (mayChangeThePhase(command)) {
            standings.tell(command.requestId());
        }
    }

    /** Steps of single subjects change nothing of how far the request is: of a request of a thousand they are many. */
    private static boolean mayChangeThePhase(RequestCommand command) {
        return switch (command) {
            case ReceiveRequest _, TakeStep _, ExtendRequest _, CompleteRequest _, RecordExported _, EndExport _ ->
                true;
            case RecordKept _, RecordPurged _, RecordScanned _, RecordKeptEnded _ -> false;
        };
    }

    private static Optional<Refusal> refusal(Throwable failure) {
        return failure instanceof BrokenRule broken
                ? Optional.of(new Refusal(SubjectProblem.of(broken.rule())))
                : Optional.empty();
    }
}
