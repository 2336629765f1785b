package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Everything that can be asked of a request. {@code at} is when, {@code by} who asks. */
sealed interface RequestCommand {

    UUID requestId();

    Instant at();

    @TargetAggregateIdentifier
    default UUID stream() {
        return requestId();
    }

    /**
     * @param games of each subject, in their order
     * @param identityConfirmed whether it is known already that they are who they say
     */
    record ReceiveRequest(
            UUID requestId,
            RequestKind kind,
            List<GameId> games,
            RequestClock clock,
            boolean identityConfirmed,
            String by,
            Instant at)
            implements RequestCommand {

        @Override
        public String toString() {
            return "ReceiveRequest[requestId=" + requestId + "]";
        }
    }

    /** Somebody takes the request a step on. */
    record TakeStep(UUID requestId, Step step, String by, Instant at) implements RequestCommand {

        @Override
        public String toString() {
            return "TakeStep[requestId=" + requestId + ", step=" + step + "]";
        }
    }

    /** What somebody may decide. */
    enum Step {
        CONFIRM_IDENTITY,
        HOLD,
        RELEASE,
        REFUSE,
        EXECUTE
    }

    /** @param until by when it is to be answered instead */
    record ExtendRequest(UUID requestId, Instant until, String by, Instant at) implements RequestCommand {

        @Override
        public String toString() {
            return "ExtendRequest[requestId=" + requestId + "]";
        }
    }

    record RecordPurged(UUID requestId, int subject, List<Purged> purged, Instant at) implements RequestCommand {}

    /** @param instead when the search was whose place this one takes; absent: the first counts */
    record RecordScanned(
            UUID requestId,
            int subject,
            List<Searched> searched,
            @Nullable Instant instead,
            Instant at) implements RequestCommand {}

    /**
     * @param records how many, 1 or more
     * @param until the last day, which is over at {@code endsAt}
     */
    record RecordKept(
            UUID requestId, int subject, KeptKind kind, long records, LocalDate until, Instant endsAt, Instant at)
            implements RequestCommand {}

    record RecordKeptEnded(UUID requestId, int subject, KeptKind kind, Instant at) implements RequestCommand {}

    /** @param rows how many rows read models gave */
    record RecordExported(UUID requestId, int subject, long rows, Instant at) implements RequestCommand {}

    record EndExport(UUID requestId, Instant at) implements RequestCommand {}

    /** @param certificate SHA-256 of its bytes, hexadecimal */
    record CompleteRequest(UUID requestId, String certificate, Instant at) implements RequestCommand {}
}
