package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import org.axonframework.eventhandling.EventHandler;

/** What each event says of a player's items, and of where they are. */
final class RecommendationsHandlers {

    private final RecommendationsBatch batch;

    RecommendationsHandlers(RecommendationsBatch batch) {
        this.batch = batch;
    }

    @EventHandler
    void on(GameCreated event, EventPlace place) {
        batch.game(place.gameNumber(), event.gameId());
    }

    @EventHandler
    void on(PurchaseMade event, EventPlace place) {
        seen(event, place);
        batch.purchased(
                place.gameNumber(),
                place.stream(),
                event.header().eventId(),
                event.itemId(),
                event.price().micros());
        for (SettledRefund refund : event.settles()) {
            batch.refunded(
                    place.gameNumber(), place.stream(), event.header().eventId(), event.itemId(), refund.micros());
        }
    }

    /** A refund that waits for its purchase counts when that comes, which then says so. */
    @EventHandler
    void on(PurchaseRefunded event, EventPlace place) {
        seen(event, place);
        PurchaseRefunded.Settlement settled = event.settled();
        if (settled != null) {
            batch.refunded(
                    place.gameNumber(),
                    place.stream(),
                    event.purchaseEventId(),
                    settled.itemId(),
                    settled.amount().micros());
        }
    }

    @EventHandler
    void on(ItemInteracted event, EventPlace place) {
        seen(event, place);
        batch.interacted(place.gameNumber(), place.stream(), event.itemId(), event.kind(), event.weight());
    }

    @EventHandler
    void on(LinkedToPlayer event, EventPlace place) {
        seen(event, place);
        batch.linked(place.gameNumber(), place.stream(), event.person().value());
    }

    /** Nothing is known from it, and nothing new will be. */
    @EventHandler
    void on(ErasureBegun event, EventPlace place) {}

    @EventHandler
    void on(Erased event, EventPlace place) {
        batch.erased(place.stream());
    }

    /** Every other event says at least where the player is. */
    @EventHandler
    void on(PlayerEvent event, EventPlace place) {
        seen(event, place);
    }

    private void seen(PlayerEvent event, EventPlace place) {
        if (place.playerNumber() >= 0) {
            Dimensions dimensions = event.header().dimensions();
            batch.seen(place.gameNumber(), place.stream(), dimensions.country(), dimensions.platform());
        }
    }
}
