package io.gamemetrics.projections.games;

import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import org.axonframework.eventhandling.EventHandler;

/** What each event of a game's configuration changes for the query side. */
final class GamesHandlers {

    private final GamesBatch games;

    GamesHandlers(GamesBatch games) {
        this.games = games;
    }

    @EventHandler
    void on(GameCreated event, EventPlace place) {
        games.gameCreated(
                event.gameId(),
                place.gameNumber(),
                event.name(),
                event.timeZone(),
                event.currency(),
                event.activeBy().name(),
                event.stage().name(),
                event.at());
    }

    @EventHandler
    void on(GameChanged event) {
        games.gameChanged(
                event.gameId(),
                event.name(),
                event.timeZone(),
                event.currency(),
                event.activeBy().name());
    }

    @EventHandler
    void on(KeyIssued event) {
        games.keyIssued(
                event.gameId(),
                event.keyId(),
                event.kind().name(),
                event.label(),
                event.secretHash(),
                event.at(),
                event.expiresAt());
    }

    @EventHandler
    void on(KeyRevoked event) {
        games.keyRevoked(event.gameId(), event.keyId(), event.at());
    }
}
