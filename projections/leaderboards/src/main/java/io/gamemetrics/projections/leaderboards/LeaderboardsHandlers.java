package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import org.axonframework.eventhandling.EventHandler;

/**
 * What each event means for the boards. Of a link only the half in the linked player's stream is read: it stands in order
 * with that player's scores.
 */
final class LeaderboardsHandlers {

    private final LeaderboardsBatch boards;

    LeaderboardsHandlers(LeaderboardsBatch boards) {
        this.boards = boards;
    }

    @EventHandler
    void on(GameCreated event, EventPlace place) {
        boards.zone(place.gameNumber(), event.timeZone(), place.position());
    }

    @EventHandler
    void on(GameChanged event, EventPlace place) {
        boards.zone(place.gameNumber(), event.timeZone(), place.position());
    }

    @EventHandler
    void on(LeaderboardDefined event, EventPlace place) {
        boards.board(
                place.gameNumber(),
                event.leaderboardId(),
                event.operator().name(),
                event.order().name(),
                event.reset().name(),
                place.position());
    }

    @EventHandler
    void on(ScoreSubmitted event, EventPlace place) {
        boards.score(
                place.gameNumber(),
                place.stream(),
                event.leaderboardId(),
                event.score(),
                event.header().occurredAt(),
                place.position(),
                place.storedAt());
    }

    @EventHandler
    void on(LinkedToPlayer event, EventPlace place) {
        boards.linked(place.gameNumber(), place.stream(), event.person(), place.position(), place.storedAt());
    }

    @EventHandler
    void on(LeaderboardBanned event, EventPlace place) {
        boards.banned(
                place.gameNumber(), place.stream(), event.leaderboardId(), true, place.position(), place.storedAt());
    }

    @EventHandler
    void on(LeaderboardUnbanned event, EventPlace place) {
        boards.banned(
                place.gameNumber(), place.stream(), event.leaderboardId(), false, place.position(), place.storedAt());
    }

    @EventHandler
    void on(Erased event, EventPlace place) {
        boards.erased(place.gameNumber(), place.stream(), place.position());
    }
}
