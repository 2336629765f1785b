package io.gamemetrics.commandside.datasubject;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

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
import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Kept;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExportEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.KeptEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestExtended;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestHeld;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReleased;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectExported;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One request. Says no by {@link BrokenRule}; what changes nothing is no event. */
final class DataSubjectRequest {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable RequestState state;

    DataSubjectRequest() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void decide(ReceiveRequest command) {
        require(state == null, RequestRule.REQUEST_IDS_ARE_UNIQUE);
        UUID request = command.requestId();
        id = request.toString();
        RequestClock clock = command.clock();
        apply(new RequestReceived(
                request,
                command.kind(),
                command.games(),
                clock.receivedAt(),
                clock.dueAt(),
                clock.latestAt(),
                command.by(),
                command.at()));
        if (command.identityConfirmed()) {
            apply(new IdentityConfirmed(request, command.by(), command.at()));
        }
    }

    @CommandHandler
    void decide(TakeStep command) {
        UUID request = command.requestId();
        boolean isOrdered = state instanceof Executing || state instanceof Exporting;
        if (isOrdered && command.step() == RequestCommand.Step.EXECUTE) {
            return;
        }
        Open open = open();
        switch (command.step()) {
            case CONFIRM_IDENTITY -> {
                if (!open.identityConfirmed()) {
                    apply(new IdentityConfirmed(request, command.by(), command.at()));
                }
            }
            case HOLD -> {
                if (!open.held()) {
                    apply(new RequestHeld(request, command.by(), command.at()));
                }
            }
            case RELEASE -> {
                if (open.held()) {
                    apply(new RequestReleased(request, command.by(), command.at()));
                }
            }
            case REFUSE -> apply(new RequestRefused(request, command.by(), command.at()));
            case EXECUTE -> {
                require(!open.held(), RequestRule.REQUEST_IS_NOT_HELD);
                require(open.identityConfirmed(), RequestRule.IDENTITY_IS_CONFIRMED);
                apply(new ExecutionOrdered(request, command.by(), command.at()));
            }
        }
    }

    @CommandHandler
    void decide(ExtendRequest command) {
        Open open = open();
        require(!open.extended(), RequestRule.REQUEST_IS_EXTENDED_ONCE);
        require(!command.at().isAfter(open.dueAt()), RequestRule.REQUEST_IS_EXTENDED_IN_TIME);
        require(
                command.until().isAfter(open.dueAt())
                        && !command.until().isAfter(open.request().latestAt()),
                RequestRule.EXTENSION_IS_AT_MOST_TWO_MONTHS);
        apply(new RequestExtended(command.requestId(), command.until(), command.by(), command.at()));
    }

    @CommandHandler
    void decide(RecordKept command) {
        if (executing(command.subject()).kept(command.subject(), command.kind()).isEmpty()) {
            apply(new SubjectKept(
                    command.requestId(),
                    command.subject(),
                    command.kind(),
                    command.records(),
                    command.until(),
                    command.endsAt(),
                    command.at()));
        }
    }

    @CommandHandler
    void decide(RecordKeptEnded command) {
        Executing done =
                switch (state) {
                    case Executing executing -> executing;
                    case Completed completed -> completed.done();
                    case Open _, Exporting _, Refused _, Ended _ ->
                        throw new BrokenRule(RequestRule.REQUEST_IS_BEING_DONE);
                    case null -> throw new BrokenRule(RequestRule.REQUEST_EXISTS);
                };
        Optional<Kept> kept = done.kept(command.subject(), command.kind());
        require(kept.isPresent(), RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST);
        require(!command.at().isBefore(kept.get().what().endsAt()), RequestRule.WHAT_IS_KEPT_IS_KEPT_UNTIL_ITS_DAY);
        if (kept.get().endedAt() == null) {
            apply(new KeptEnded(command.requestId(), command.subject(), command.kind(), command.at()));
        }
    }

    @CommandHandler
    void decide(RecordPurged command) {
        if (!executing(command.subject()).purged().containsKey(command.subject())) {
            apply(new SubjectPurged(command.requestId(), command.subject(), command.purged(), command.at()));
        }
    }

    @CommandHandler
    void decide(RecordScanned command) {
        Executing executing = executing(command.subject());
        require(executing.purged().containsKey(command.subject()), RequestRule.SUBJECT_IS_PURGED_BEFORE_IT_IS_SCANNED);
        SubjectScanned before = executing.scanned().get(command.subject());
        if (before == null || before.at().equals(command.instead())) {
            int hits = command.searched().stream().mapToInt(Searched::hits).sum();
            apply(new SubjectScanned(command.requestId(), command.subject(), hits, command.searched(), command.at()));
        }
    }

    @CommandHandler
    void decide(CompleteRequest command) {
        require(executing(0).isScanned(), RequestRule.EVERYBODY_IS_SCANNED_BEFORE_THE_END);
        apply(new RequestCompleted(command.requestId(), command.certificate(), command.at()));
    }

    @CommandHandler
    void decide(RecordExported command) {
        Exporting exporting = exporting();
        require(
                command.subject() >= 0
                        && command.subject() < exporting.request().games().size(),
                RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST);
        if (!exporting.exported().containsKey(command.subject())) {
            apply(new SubjectExported(command.requestId(), command.subject(), command.rows(), command.at()));
        }
    }

    @CommandHandler
    void decide(EndExport command) {
        if (state instanceof Ended) {
            return;
        }
        Instant until = exporting().availableUntil();
        require(until != null && !command.at().isBefore(until), RequestRule.EXPORT_IS_KEPT_FOR_SEVEN_DAYS);
        apply(new ExportEnded(command.requestId(), command.at()));
    }

    @EventSourcingHandler
    void evolve(RequestEvent event, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        state = RequestState.evolve(state, event);
    }

    private Open open() {
        return switch (state) {
            case Open open -> open;
            case Executing _, Exporting _ -> throw new BrokenRule(RequestRule.REQUEST_IS_NOT_BEING_DONE);
            case Refused _, Completed _, Ended _ -> throw new BrokenRule(RequestRule.REQUEST_IS_NOT_OVER);
            case null -> throw new BrokenRule(RequestRule.REQUEST_EXISTS);
        };
    }

    private Executing executing(int subject) {
        Executing executing =
                switch (state) {
                    case Executing now -> now;
                    case Open _, Exporting _ -> throw new BrokenRule(RequestRule.REQUEST_IS_BEING_DONE);
                    case Refused _, Completed _, Ended _ -> throw new BrokenRule(RequestRule.REQUEST_IS_NOT_OVER);
                    case null -> throw new BrokenRule(RequestRule.REQUEST_EXISTS);
                };
        require(
                subject >= 0 && subject < executing.request().games().size(),
                RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST);
        return executing;
    }

    private Exporting exporting() {
        return switch (state) {
            case Exporting exporting -> exporting;
            case Open _, Executing _ -> throw new BrokenRule(RequestRule.REQUEST_IS_BEING_DONE);
            case Refused _, Completed _, Ended _ -> throw new BrokenRule(RequestRule.REQUEST_IS_NOT_OVER);
            case null -> throw new BrokenRule(RequestRule.REQUEST_EXISTS);
        };
    }

    private static void require(boolean holds, RequestRule rule) {
        if (!holds) {
            throw new BrokenRule(rule);
        }
    }

    @Override
    public String toString() {
        return "DataSubjectRequest[" + id + "]";
    }
}
