package io.gamemetrics.commandside.player;

import static io.gamemetrics.commandside.player.Decisions.decisions;
import static io.gamemetrics.commandside.player.Events.NOON;
import static io.gamemetrics.commandside.player.Events.OTHER;
import static io.gamemetrics.commandside.player.Events.PLAYER;
import static io.gamemetrics.commandside.player.Events.achievement;
import static io.gamemetrics.commandside.player.Events.banned;
import static io.gamemetrics.commandside.player.Events.link;
import static io.gamemetrics.commandside.player.Events.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.player.OtherPlayers.Consent;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** Given what is known of a player, when their erasure begins or has begun, then these are true. */
class BeginErasureTest {

    private static final List<PlayerEvent> KNOWN =
            List.of(start("s", "session-of-anna", 0), achievement("a", "x", null, 1));
    private static final List<PlayerEvent> BEGUN = List.of(KNOWN.get(0), KNOWN.get(1), new ErasureBegun(NOON));

    @Test
    void aPlayerIsFrozenOnce() {
        given(KNOWN)
                .when(new BeginErasure(PLAYER, NOON))
                .expectEvents(new ErasureBegun(NOON))
                .expectResultMessagePayload(Moderated.DONE);
        given(List.of()).when(new BeginErasure(PLAYER, NOON)).expectEvents(new ErasureBegun(NOON));
        for (List<PlayerEvent> before :
                List.of(BEGUN, List.<PlayerEvent>of(new ErasureBegun(NOON), new Erased(NOON)))) {
            given(before)
                    .when(new BeginErasure(PLAYER, NOON.plusSeconds(1)))
                    .expectNoEvents()
                    .expectResultMessagePayload(Moderated.UNCHANGED);
        }
    }

    @Test
    void whateverComesAfterwardsIsRefusedAlsoWhatHadComeBefore() {
        sent(
                        BEGUN,
                        achievement("new", "x", null, 2),
                        achievement("a", "x", null, 1),
                        achievement("a", "other", null, 1))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("player.erased", "player.erased", "player.erased"));
        sent(List.of(new Erased(NOON)), achievement("new", "x", null, 2))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("player.erased"));
    }

    @Test
    void nobodyIsLinkedToWhoIsBeingErased() {
        given(KNOWN, Consent.ERASED)
                .when(record(link("l", OTHER, 3)))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("player.erased"));
        Player erased = Player.ofSnapshot(PLAYER.toString(), erased().toBytes());
        assertThat(erased.link(PLAYER, new LinkedToPlayer(link("l", PLAYER, 3).header(), OTHER), true))
                .isEqualTo(Consent.ERASED);
    }

    @Test
    void moderatorsHaveNothingMoreToDecide() {
        given(BEGUN)
                .when(new BanFromLeaderboard(PLAYER, "top", new EventId("b"), NOON, "moderator", null))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.ERASED);
        given(List.of(banned("b", "top", null), new ErasureBegun(NOON)))
                .when(new UnbanFromLeaderboard(PLAYER, "top", new EventId("u"), NOON, "moderator"))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.ERASED);
    }

    @Test
    void nothingIsRememberedOfAFrozenPlayerButThatTheyAre() {
        byte[] snapshot = erased().toBytes();
        assertThat(snapshot).hasSizeLessThan(16);
        assertThat(new String(snapshot, StandardCharsets.ISO_8859_1)).doesNotContain("session");
        PlayerState again = PlayerState.fromBytes(snapshot);
        assertThat(again.isErased()).isTrue();
        assertThat(again.nextSequence()).isEqualTo(3);
        assertThat(again.seen().mayContain(SeenIds.keyOf(new EventId("a")))).isFalse();
    }

    private static PlayerState erased() {
        PlayerState state = new PlayerState();
        BEGUN.forEach(state::evolve);
        return state;
    }

    private static ResultValidator<Player> sent(List<PlayerEvent> before, PlayerEvent... events) {
        return given(before).when(record(events));
    }

    private static RecordEvents record(PlayerEvent... events) {
        List<Candidate> candidates = new java.util.ArrayList<>();
        for (PlayerEvent event : events) {
            candidates.add(new Candidate(candidates.size(), event));
        }
        return new RecordEvents(PLAYER, NOON, 100, Set.of(), false, candidates);
    }

    private static TestExecutor<Player> given(List<PlayerEvent> before) {
        return given(before, Consent.AGREED);
    }

    private static TestExecutor<Player> given(List<PlayerEvent> before, Consent consent) {
        OtherPlayers others = (linked, half, only) -> consent;
        AggregateTestFixture<Player> fixture = new AggregateTestFixture<>(Player.class);
        fixture.registerInjectableResource(History.of(before.toArray(PlayerEvent[]::new)));
        fixture.registerInjectableResource(others);
        return before.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(before);
    }
}
