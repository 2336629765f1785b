package io.gamemetrics.commandside.player;

import static io.gamemetrics.commandside.player.Decisions.decisions;
import static io.gamemetrics.commandside.player.Events.NOON;
import static io.gamemetrics.commandside.player.Events.header;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

/** Given what is known of a share of a game's events without a player, when events are reported, then these are true. */
class RecordUnattributedEventsTest {

    private static final UUID SHARE = new UUID(7, 7);

    private boolean validateOnly;

    @Test
    void anErrorOfNobodyIsAccepted() {
        when(List.of(), error("a", "boom", 0))
                .expectEvents(error("a", "boom", 0))
                .expectResultMessagePayloadMatching(decisions("accepted"));
    }

    @Test
    void theSameEventAgainIsADuplicate() {
        when(List.of(error("a", "boom", 0)), error("a", "boom", 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("duplicate"));
    }

    @Test
    void theSameIdWithOtherContentIsAConflict() {
        when(List.of(error("a", "boom", 0)), error("a", "bang", 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(EventIdNamesOneContent.CONFLICT));
    }

    @Test
    void everyEventOfOneRequestSeesThoseBeforeIt() {
        when(List.of(), error("a", "boom", 0), error("a", "boom", 0), error("a", "bang", 0), error("b", "boom", 0))
                .expectEvents(error("a", "boom", 0), error("b", "boom", 0))
                .expectResultMessagePayloadMatching(
                        decisions("accepted", "duplicate", EventIdNamesOneContent.CONFLICT, "accepted"));
    }

    @Test
    void eventsOccurInLivingMemory() {
        when(
                        List.of(),
                        error("a", "boom", 60 * 24),
                        error("b", "boom", 60 * 24 + 1),
                        error("c", "boom", -60 * 24 * 365 * 40))
                .expectEvents(error("a", "boom", 60 * 24))
                .expectResultMessagePayloadMatching(
                        decisions("accepted", OccurredInLivingMemory.FUTURE, OccurredInLivingMemory.TOO_OLD));
    }

    @Test
    void theLimitOfOnePlayersMinuteIsNotTheirs() {
        PlayerEvent[] many = new PlayerEvent[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = error("e" + i, "boom", 0);
        }
        when(List.of(), many).expectEvents((Object[]) many);
    }

    @Test
    void validatingDecidesTheSameAndKeepsNothing() {
        validateOnly = true;
        when(List.of(error("a", "boom", 0)), error("a", "boom", 0), error("a", "bang", 0), error("b", "boom", 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(
                        decisions("duplicate", EventIdNamesOneContent.CONFLICT, "accepted"));
    }

    private ResultValidator<UnattributedEvents> when(List<PlayerEvent> given, PlayerEvent... reported) {
        History history = new History();
        given.forEach(history::add);
        AggregateTestFixture<UnattributedEvents> fixture = new AggregateTestFixture<>(UnattributedEvents.class);
        fixture.registerInjectableResource(history);
        List<Candidate> candidates = new ArrayList<>();
        for (PlayerEvent event : reported) {
            candidates.add(new Candidate(candidates.size(), event));
        }
        return fixture.given(given).when(new RecordUnattributedEvents(SHARE, NOON, validateOnly, candidates));
    }

    private static ErrorReported error(String id, String message, long minute) {
        return new ErrorReported(header(id, minute, null), "error", message);
    }
}
