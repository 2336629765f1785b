package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKept;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKeptEnded;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.KeptEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Given what happened to a request that keeps something, when something is asked of it, then this happens. */
class KeptRequestTest {

    private static final UUID ID = new UUID(1, 7);
    private static final String BY = "privacy@example.org";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate LAST_DAY = LocalDate.of(2033, 12, 31);
    private static final Instant END = Instant.parse("2034-01-01T00:00:00Z");
    private static final RequestClock CLOCK = RequestClock.of(NOON, List.of(ZoneId.of("UTC")));
    private static final RequestReceived RECEIVED = new RequestReceived(
            ID, RequestKind.ERASURE, List.of(new GameId("intendo")), NOON, CLOCK.dueAt(), CLOCK.latestAt(), BY, NOON);
    private static final IdentityConfirmed CONFIRMED = new IdentityConfirmed(ID, BY, NOON);
    private static final ExecutionOrdered ORDERED = new ExecutionOrdered(ID, BY, NOON);
    private static final SubjectKept KEPT = new SubjectKept(ID, 0, KeptKind.PURCHASES, 12, LAST_DAY, END, NOON);
    private static final SubjectPurged PURGED = new SubjectPurged(ID, 0, List.of(), NOON);
    private static final SubjectScanned SCANNED = new SubjectScanned(ID, 0, 0, List.of(), NOON);
    private static final RequestCompleted COMPLETED = new RequestCompleted(ID, "ab", NOON);
    private static final KeptEnded ENDED = new KeptEnded(ID, 0, KeptKind.PURCHASES, END);

    @Test
    void whatIsKeptIsSaidOnce() {
        given(RECEIVED, CONFIRMED, ORDERED).when(keep(0)).expectEvents(KEPT);
        given(RECEIVED, CONFIRMED, ORDERED, KEPT).when(keep(0)).expectNoEvents();
        given(RECEIVED, CONFIRMED, ORDERED, KEPT, PURGED).when(keep(0)).expectNoEvents();
        refuses(keep(1), RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST, RECEIVED, CONFIRMED, ORDERED);
        refuses(keep(0), RequestRule.REQUEST_IS_BEING_DONE, RECEIVED, CONFIRMED);
    }

    @Test
    void itEndsWhenItsDayIsOverAndNotBefore() {
        RequestEvent[] done = {RECEIVED, CONFIRMED, ORDERED, KEPT, PURGED, SCANNED, COMPLETED};
        refuses(end(END.minusMillis(1)), RequestRule.WHAT_IS_KEPT_IS_KEPT_UNTIL_ITS_DAY, done);
        given(done).when(end(END)).expectEvents(ENDED);
        given(RECEIVED, CONFIRMED, ORDERED, KEPT, PURGED, SCANNED, COMPLETED, ENDED)
                .when(end(END))
                .expectNoEvents();
    }

    @Test
    void itEndsAlsoWhileTheProofIsMissing() {
        given(RECEIVED, CONFIRMED, ORDERED, KEPT, PURGED).when(end(END)).expectEvents(ENDED);
        given(RECEIVED, CONFIRMED, ORDERED, KEPT, PURGED, ENDED).when(end(END)).expectNoEvents();
    }

    @Test
    void whatWasNeverKeptDoesNotEnd() {
        refuses(
                end(END),
                RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST,
                RECEIVED,
                CONFIRMED,
                ORDERED,
                PURGED,
                SCANNED,
                COMPLETED);
        refuses(end(END), RequestRule.REQUEST_IS_BEING_DONE, RECEIVED, new RequestRefused(ID, BY, NOON));
    }

    private static RecordKept keep(int subject) {
        return new RecordKept(ID, subject, KeptKind.PURCHASES, 12, LAST_DAY, END, NOON);
    }

    private static RecordKeptEnded end(Instant at) {
        return new RecordKeptEnded(ID, 0, KeptKind.PURCHASES, at);
    }

    private static TestExecutor<DataSubjectRequest> given(RequestEvent... events) {
        return new AggregateTestFixture<>(DataSubjectRequest.class).given((Object[]) events);
    }

    private static void refuses(RequestCommand command, RequestRule rule, RequestEvent... past) {
        given(past)
                .when(command)
                .expectNoEvents()
                .expectException(Matchers.allOf(
                        Matchers.instanceOf(BrokenRule.class),
                        Matchers.hasProperty("message", Matchers.is(rule.name()))));
    }
}
