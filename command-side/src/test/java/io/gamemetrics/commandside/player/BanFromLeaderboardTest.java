package io.gamemetrics.commandside.player;

import static io.gamemetrics.commandside.player.Decisions.decisions;
import static io.gamemetrics.commandside.player.Events.MODERATOR;
import static io.gamemetrics.commandside.player.Events.NOON;
import static io.gamemetrics.commandside.player.Events.PLAYER;
import static io.gamemetrics.commandside.player.Events.achievement;
import static io.gamemetrics.commandside.player.Events.banned;
import static io.gamemetrics.commandside.player.Events.unbanned;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Given what is known of a player, when a moderator bans them, then these are true. */
class BanFromLeaderboardTest {

    @Test
    void aPlayerIsBannedFromOneBoardOrFromAll() {
        when(List.of(), ban("b1", "top", "an impossible score"))
                .expectEvents(banned("b1", "top", "an impossible score"))
                .expectResultMessagePayload(Moderated.DONE);
        when(List.of(achievement("a", "x", null, 0)), ban("b1", null, null))
                .expectEvents(banned("b1", null, null))
                .expectResultMessagePayload(Moderated.DONE);
    }

    @Test
    void aSecondBanChangesNothing() {
        when(List.of(banned("b1", "top", null)), ban("b2", "top", "again"))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
        when(List.of(banned("b1", null, null)), ban("b2", null, null))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
    }

    @Test
    void bansOfOneBoardAndOfAllAreApart() {
        when(List.of(banned("b1", null, null)), ban("b2", "top", null)).expectEvents(banned("b2", "top", null));
        when(List.of(banned("b1", "top", null)), ban("b2", null, null)).expectEvents(banned("b2", null, null));
        when(List.of(banned("b1", "top", null)), ban("b2", "weekly", null)).expectEvents(banned("b2", "weekly", null));
    }

    @Test
    void aBanCanBeAskedForAgainAfterItWasLifted() {
        when(List.of(banned("b1", "top", null), unbanned("u1", "top")), ban("b2", "top", null))
                .expectEvents(banned("b2", "top", null));
    }

    @Test
    void theSameRequestThatComesLateDoesNotBanAgain() {
        when(List.of(banned("b1", "top", null), unbanned("u1", "top")), ban("b1", "top", null))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
    }

    @Test
    void aSendersEventUnderTheSameIdIsAnotherThing() {
        when(List.of(achievement("b1", "x", null, 0)), ban("b1", "top", null)).expectEvents(banned("b1", "top", null));
        fixture(List.of(banned("b1", "top", null)))
                .when(new RecordEvents(
                        PLAYER, NOON, 1, Set.of(), false, List.of(new Candidate(0, achievement("b1", "x", null, 0)))))
                .expectEvents(achievement("b1", "x", null, 0))
                .expectResultMessagePayloadMatching(decisions("accepted"));
    }

    @Test
    void moreSingleBoardsThanThereIsRoomForAreRefusedAndAllBoardsAreNot() {
        List<PlayerEvent> full = IntStream.range(0, Bans.MAX_BOARDS)
                .<PlayerEvent>mapToObj(i -> banned("b" + i, "board-" + i, null))
                .toList();
        when(full, ban("one more", "top", null)).expectNoEvents().expectResultMessagePayload(Moderated.TOO_MANY_BOARDS);
        when(full, ban("again", "board-0", null)).expectResultMessagePayload(Moderated.UNCHANGED);
        when(full, ban("all", null, null)).expectEvents(banned("all", null, null));
    }

    private static ResultValidator<Player> when(List<PlayerEvent> given, BanFromLeaderboard command) {
        return fixture(given).when(command);
    }

    private static org.axonframework.test.aggregate.TestExecutor<Player> fixture(List<PlayerEvent> given) {
        AggregateTestFixture<Player> fixture = new AggregateTestFixture<>(Player.class);
        fixture.registerInjectableResource(History.of(given.toArray(PlayerEvent[]::new)));
        OtherPlayers others = (linked, half, only) -> OtherPlayers.Consent.AGREED;
        fixture.registerInjectableResource(others);
        return given.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(given);
    }

    private static BanFromLeaderboard ban(String id, @Nullable String leaderboard, @Nullable String reason) {
        return new BanFromLeaderboard(PLAYER, leaderboard, new EventId(id.replace(' ', '-')), NOON, MODERATOR, reason);
    }
}
