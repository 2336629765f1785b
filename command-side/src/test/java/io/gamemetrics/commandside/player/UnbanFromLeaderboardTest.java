package io.gamemetrics.commandside.player;

import static io.gamemetrics.commandside.player.Events.MODERATOR;
import static io.gamemetrics.commandside.player.Events.NOON;
import static io.gamemetrics.commandside.player.Events.PLAYER;
import static io.gamemetrics.commandside.player.Events.achievement;
import static io.gamemetrics.commandside.player.Events.banned;
import static io.gamemetrics.commandside.player.Events.unbanned;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Given what is known of a player, when a moderator lets them back, then these are true. */
class UnbanFromLeaderboardTest {

    @Test
    void aBanIsLifted() {
        when(List.of(banned("b1", "top", null)), unban("u1", "top"))
                .expectEvents(unbanned("u1", "top"))
                .expectResultMessagePayload(Moderated.DONE);
        when(List.of(banned("b1", null, null)), unban("u1", null)).expectEvents(unbanned("u1", null));
    }

    @Test
    void liftingWhatDoesNotHoldChangesNothing() {
        when(List.of(achievement("known", "x", null, 0)), unban("u1", "top"))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
        when(List.of(banned("b1", "top", null), unbanned("u1", "top")), unban("u2", "top"))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
    }

    @Test
    void bansOfOneBoardAndOfAllAreLiftedApart() {
        when(List.of(banned("b1", null, null)), unban("u1", "top")).expectNoEvents();
        when(List.of(banned("b1", "top", null)), unban("u1", null)).expectNoEvents();
        when(List.of(banned("b1", "top", null), banned("b2", null, null)), unban("u1", null))
                .expectEvents(unbanned("u1", null));
    }

    @Test
    void theSameRequestThatComesLateDoesNotLiftALaterBan() {
        when(List.of(banned("b1", "top", null), unbanned("u1", "top"), banned("b2", "top", null)), unban("u1", "top"))
                .expectNoEvents()
                .expectResultMessagePayload(Moderated.UNCHANGED);
    }

    private static ResultValidator<Player> when(List<PlayerEvent> given, UnbanFromLeaderboard command) {
        AggregateTestFixture<Player> fixture = new AggregateTestFixture<>(Player.class);
        fixture.registerInjectableResource(History.of(given.toArray(PlayerEvent[]::new)));
        return fixture.given(given).when(command);
    }

    private static UnbanFromLeaderboard unban(String id, @Nullable String leaderboard) {
        return new UnbanFromLeaderboard(PLAYER, leaderboard, new EventId(id), NOON, MODERATOR);
    }
}
