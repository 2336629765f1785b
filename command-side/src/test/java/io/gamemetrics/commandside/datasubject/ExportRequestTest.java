package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.EndExport;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordExported;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordPurged;
import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.commandside.datasubject.RequestCommand.TakeStep;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExportEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectExported;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** Given what happened to a request to export, when something is asked of it, then this happens. */
class ExportRequestTest {

    private static final UUID ID = new UUID(1, 7);
    private static final String BY = "privacy@example.org";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<GameId> GAMES = List.of(new GameId("intendo"), new GameId("other"));
    private static final RequestClock CLOCK = RequestClock.of(NOON, List.of(ZoneId.of("UTC")));
    private static final RequestReceived RECEIVED =
            new RequestReceived(ID, RequestKind.EXPORT, GAMES, NOON, CLOCK.dueAt(), CLOCK.latestAt(), BY, NOON);
    private static final IdentityConfirmed CONFIRMED = new IdentityConfirmed(ID, BY, NOON);
    private static final ExecutionOrdered ORDERED = new ExecutionOrdered(ID, BY, NOON);
    private static final SubjectExported FIRST = new SubjectExported(ID, 0, 7, NOON);
    private static final SubjectExported SECOND = new SubjectExported(ID, 1, 0, LATER);

    @Test
    void eachSubjectIsGatheredOnce() {
        given(ORDERED).when(new RecordExported(ID, 0, 7, NOON)).expectEvents(FIRST);
        given(ORDERED, FIRST).when(new RecordExported(ID, 0, 8, LATER)).expectNoEvents();
        refuses(new RecordExported(ID, 2, 0, NOON), RequestRule.SUBJECT_IS_ONE_OF_THE_REQUEST, ORDERED);
        refuses(new RecordExported(ID, 0, 7, NOON), RequestRule.REQUEST_IS_BEING_DONE);
        refuses(new RecordPurged(ID, 0, List.of(), NOON), RequestRule.REQUEST_IS_BEING_DONE, ORDERED);
    }

    @Test
    void itEndsSevenDaysAfterTheLastWasGathered() {
        Instant end = LATER.plus(WEEK);
        refuses(new EndExport(ID, end), RequestRule.EXPORT_IS_KEPT_FOR_SEVEN_DAYS, ORDERED, FIRST);
        refuses(
                new EndExport(ID, end.minusMillis(1)),
                RequestRule.EXPORT_IS_KEPT_FOR_SEVEN_DAYS,
                ORDERED,
                FIRST,
                SECOND);
        given(ORDERED, FIRST, SECOND).when(new EndExport(ID, end)).expectEvents(new ExportEnded(ID, end));
        given(ORDERED, FIRST, SECOND, new ExportEnded(ID, end))
                .when(new EndExport(ID, end))
                .expectNoEvents();
        refuses(
                new TakeStep(ID, Step.EXECUTE, BY, end),
                RequestRule.REQUEST_IS_NOT_OVER,
                ORDERED,
                FIRST,
                SECOND,
                new ExportEnded(ID, end));
    }

    @Test
    void itIsOrderedOnceAndNothingStopsIt() {
        given(ORDERED).when(new TakeStep(ID, Step.EXECUTE, BY, LATER)).expectNoEvents();
        refuses(new TakeStep(ID, Step.REFUSE, BY, LATER), RequestRule.REQUEST_IS_NOT_BEING_DONE, ORDERED);
    }

    private static TestExecutor<DataSubjectRequest> given(RequestEvent... more) {
        List<Object> events = new ArrayList<>(List.of(RECEIVED, CONFIRMED));
        events.addAll(List.of(more));
        return new AggregateTestFixture<>(DataSubjectRequest.class).given(events);
    }

    private static void refuses(RequestCommand command, RequestRule rule, RequestEvent... more) {
        given(more)
                .when(command)
                .expectNoEvents()
                .expectException(Matchers.allOf(
                        Matchers.instanceOf(BrokenRule.class),
                        Matchers.hasProperty("message", Matchers.is(rule.name()))));
    }
}
