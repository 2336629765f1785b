package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.datasubject.RequestCommand.CompleteRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.ExtendRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.ReceiveRequest;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordPurged;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordScanned;
import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestExtended;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestHeld;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReleased;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Given what happened to a request, when somebody asks something of it, then this happens. */
class DataSubjectRequestTest {

    private static final UUID ID = new UUID(1, 7);
    private static final String BY = "privacy@example.org";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<GameId> GAMES = List.of(new GameId("intendo"), new GameId("other"));
    private static final RequestClock CLOCK = RequestClock.of(NOON, List.of(ZoneId.of("UTC")));
    private static final RequestReceived RECEIVED =
            new RequestReceived(ID, RequestKind.ERASURE, GAMES, NOON, CLOCK.dueAt(), CLOCK.latestAt(), BY, NOON);
    private static final IdentityConfirmed CONFIRMED = new IdentityConfirmed(ID, BY, NOON);
    private static final ExecutionOrdered ORDERED = new ExecutionOrdered(ID, BY, NOON);
    private static final List<Purged> ROWS = List.of(new Purged("events", 3));

    @Test
    void itsReceptionSaysByWhenItIsDue() {
        given().when(new ReceiveRequest(ID, RequestKind.ERASURE, GAMES, CLOCK, false, BY, NOON))
                .expectEvents(RECEIVED);
        given().when(new ReceiveRequest(ID, RequestKind.ERASURE, GAMES, CLOCK, true, BY, NOON))
                .expectEvents(RECEIVED, CONFIRMED);
        refuses(
                new ReceiveRequest(ID, RequestKind.ERASURE, GAMES, CLOCK, true, BY, NOON),
                RequestRule.REQUEST_IDS_ARE_UNIQUE,
                RECEIVED);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:00:00Z,UTC,2026-12-22T12:00:00Z,2027-02-22T12:00:00Z",
        // The last day of a shorter month.
        "2026-01-31T12:00:00Z,UTC,2026-02-28T12:00:00Z,2026-04-30T12:00:00Z",
        // A month of a zone that changes its clocks in between is an hour shorter.
        "2026-03-10T12:00:00Z,Europe/Stockholm,2026-04-10T11:00:00Z,2026-06-10T11:00:00Z",
        // January 31 in Kiribati already.
        "2026-01-30T20:00:00Z,Pacific/Kiritimati,2026-02-27T20:00:00Z,2026-04-29T20:00:00Z",
    })
    void aMonthIsACalendarMonthOfTheGamesZone(Instant received, String zone, Instant due, Instant latest) {
        assertThat(RequestClock.of(received, List.of(ZoneId.of(zone))))
                .isEqualTo(new RequestClock(received, due, latest));
    }

    @Test
    void ofSeveralGamesTheEarliestCounts() {
        assertThat(RequestClock.of(
                                Instant.parse("2026-01-30T20:00:00Z"),
                                List.of(ZoneId.of("UTC"), ZoneId.of("Pacific/Kiritimati")))
                        .dueAt())
                .isEqualTo("2026-02-27T20:00:00Z");
    }

    @Test
    void itIsExecutedOnceItIsKnownWhoAsks() {
        refuses(step(Step.EXECUTE), RequestRule.IDENTITY_IS_CONFIRMED, RECEIVED);
        given(RECEIVED).when(step(Step.CONFIRM_IDENTITY)).expectEvents(CONFIRMED);
        given(RECEIVED, CONFIRMED).when(step(Step.CONFIRM_IDENTITY)).expectNoEvents();
        given(RECEIVED, CONFIRMED).when(step(Step.EXECUTE)).expectEvents(ORDERED);
        given(RECEIVED, CONFIRMED, ORDERED)
                .when(step(Step.EXECUTE))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void whileItIsHeldItIsNotExecuted() {
        RequestHeld held = new RequestHeld(ID, BY, NOON);
        RequestReleased released = new RequestReleased(ID, BY, NOON);
        given(RECEIVED, CONFIRMED).when(step(Step.HOLD)).expectEvents(held);
        given(RECEIVED, CONFIRMED, held).when(step(Step.HOLD)).expectNoEvents();
        refuses(step(Step.EXECUTE), RequestRule.REQUEST_IS_NOT_HELD, RECEIVED, CONFIRMED, held);
        given(RECEIVED, CONFIRMED, held).when(step(Step.RELEASE)).expectEvents(released);
        given(RECEIVED, CONFIRMED).when(step(Step.RELEASE)).expectNoEvents();
        given(RECEIVED, CONFIRMED, held, released).when(step(Step.EXECUTE)).expectEvents(ORDERED);
    }

    @Test
    void itIsExtendedOnceInTimeAndByTwoMonthsAtTheMost() {
        RequestExtended extended = new RequestExtended(ID, CLOCK.latestAt(), BY, NOON);
        given(RECEIVED).when(extend(CLOCK.latestAt(), NOON)).expectEvents(extended);
        refuses(extend(CLOCK.latestAt(), NOON), RequestRule.REQUEST_IS_EXTENDED_ONCE, RECEIVED, extended);
        refuses(extend(CLOCK.latestAt().plusMillis(1), NOON), RequestRule.EXTENSION_IS_AT_MOST_TWO_MONTHS, RECEIVED);
        refuses(extend(CLOCK.dueAt(), NOON), RequestRule.EXTENSION_IS_AT_MOST_TWO_MONTHS, RECEIVED);
        refuses(
                extend(CLOCK.latestAt(), CLOCK.dueAt().plusMillis(1)),
                RequestRule.REQUEST_IS_EXTENDED_IN_TIME,
                RECEIVED);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void nothingComesAfterTheEnd(Step step) {
        RequestRefused refused = new RequestRefused(ID, BY, NOON);
        given(RECEIVED).when(step(Step.REFUSE)).expectEvents(refused);
        refuses(step(step), RequestRule.REQUEST_IS_NOT_OVER, RECEIVED, refused);
        refuses(step(step), RequestRule.REQUEST_IS_NOT_OVER, done());
        if (step != Step.EXECUTE) {
            refuses(step(step), RequestRule.REQUEST_IS_NOT_BEING_DONE, RECEIVED, CONFIRMED, ORDERED);
        }
    }

    @Test
    void everySubjectIsPurgedThenScannedThenThereIsACertificate() {
        RequestEvent[] all = done();
        refuses(new RecordPurged(ID, 0, ROWS, NOON), RequestRule.REQUEST_IS_BEING_DONE, RECEIVED, CONFIRMED);
        given(RECEIVED, CONFIRMED, ORDERED)
                .when(new RecordPurged(ID, 1, ROWS, NOON))
                .expectEvents(new SubjectPurged(ID, 1, ROWS, NOON));
        refuses(
                new RecordPurged(ID, 2, ROWS, NOON),
                RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST,
                RECEIVED,
                CONFIRMED,
                ORDERED);
        refuses(
                new RecordScanned(ID, 0, List.of(), null, NOON),
                RequestRule.SUBJECT_IS_PURGED_BEFORE_IT_IS_SCANNED,
                RECEIVED,
                CONFIRMED,
                ORDERED);
        given(all[0], all[1], all[2], all[3])
                .when(new RecordPurged(ID, 0, List.of(), NOON))
                .expectNoEvents();
        given(all[0], all[1], all[2], all[3])
                .when(new RecordScanned(ID, 0, List.of(), null, NOON))
                .expectEvents(all[4]);
        given(all[0], all[1], all[2], all[3], all[4])
                .when(new RecordScanned(ID, 0, List.of(new Searched("events", 9, 99, 5)), null, NOON))
                .expectNoEvents();
        refuses(
                new CompleteRequest(ID, "ab", NOON),
                RequestRule.EVERYBODY_IS_SCANNED_BEFORE_THE_END,
                all[0],
                all[1],
                all[2],
                all[3],
                all[4],
                all[5]);
        given(all[0], all[1], all[2], all[3], all[4], all[5], all[6])
                .when(new CompleteRequest(ID, "ab", NOON))
                .expectEvents(all[7]);
    }

    @Test
    void aSearchTakesThePlaceOfTheOneItNamesAndOfNoOther() {
        RequestEvent[] all = done();
        List<Searched> searched = List.of(new Searched("events", 9, 99, 5));
        Instant later = NOON.plusSeconds(60);
        SubjectScanned again = new SubjectScanned(ID, 0, 5, searched, later);
        given(all[0], all[1], all[2], all[3], all[4])
                .when(new RecordScanned(ID, 0, searched, NOON, later))
                .expectEvents(again);
        given(all[0], all[1], all[2], all[3], all[4], again)
                .when(new RecordScanned(ID, 0, List.of(), NOON, later))
                .expectNoEvents();
    }

    private static RequestEvent[] done() {
        return new RequestEvent[] {
            RECEIVED,
            CONFIRMED,
            ORDERED,
            new SubjectPurged(ID, 0, ROWS, NOON),
            new SubjectScanned(ID, 0, 0, List.of(), NOON),
            new SubjectPurged(ID, 1, ROWS, NOON),
            new SubjectScanned(ID, 1, 0, List.of(), NOON),
            new RequestCompleted(ID, "ab", NOON)
        };
    }

    private static TakeStep step(Step step) {
        return new TakeStep(ID, step, BY, NOON);
    }

    private static ExtendRequest extend(Instant until, Instant at) {
        return new ExtendRequest(ID, until, BY, at);
    }

    private static TestExecutor<DataSubjectRequest> given(RequestEvent... events) {
        AggregateTestFixture<DataSubjectRequest> fixture = new AggregateTestFixture<>(DataSubjectRequest.class);
        return events.length == 0 ? fixture.givenNoPriorActivity() : fixture.given((Object[]) events);
    }

    private static void refuses(RequestCommand command, RequestRule rule, RequestEvent... past) {
        ResultValidator<DataSubjectRequest> result = given(past).when(command);
        result.expectNoEvents()
                .expectException(Matchers.allOf(
                        Matchers.instanceOf(BrokenRule.class),
                        Matchers.hasProperty("message", Matchers.is(rule.name()))));
    }
}
