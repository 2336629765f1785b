package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/**
 * What of each event is shown: its type as it is sent, the pseudonym, when, the dimensions, and the facts that name
 * nobody. Ids of players and sessions, names, messages and custom fields stay in the envelope.
 */
final class LiveTailHandlers {

    private final LiveTailBatch tail;

    LiveTailHandlers(LiveTailBatch tail) {
        this.tail = tail;
    }

    @EventHandler
    void on(PlayerRegistered event, EventPlace place) {
        show("player_registered", event.header(), place, new Facts().with("acquisition", event.acquisition()));
    }

    @EventHandler
    void on(SessionStarted event, EventPlace place) {
        show("session_started", event.header(), place, new Facts());
    }

    @EventHandler
    void on(SessionEnded event, EventPlace place) {
        show("session_ended", event.header(), place, new Facts().with("durationMillis", event.durationMillis()));
    }

    @EventHandler
    void on(ProgressionMade event, EventPlace place) {
        Facts facts = new Facts()
                .with("status", event.status())
                .with("world", event.world())
                .with("stage", event.stage())
                .with("phase", event.phase())
                .with("score", event.score());
        show("progression", event.header(), place, facts);
    }

    @EventHandler
    void on(ScoreSubmitted event, EventPlace place) {
        Facts facts = new Facts().with("leaderboardId", event.leaderboardId()).with("score", (Object) event.score());
        show("score_submitted", event.header(), place, facts);
    }

    @EventHandler
    void on(PurchaseMade event, EventPlace place) {
        Facts facts = new Facts()
                .with("itemId", event.itemId())
                .with("itemType", event.itemType())
                .with("amountMicros", event.price());
        show("purchase", event.header(), place, facts);
    }

    @EventHandler
    void on(PurchaseRefunded event, EventPlace place) {
        show("purchase_refunded", event.header(), place, new Facts().with("amountMicros", (Object)
                        event.amountMicros()));
    }

    @EventHandler
    void on(ResourceFlowed event, EventPlace place) {
        Facts facts = new Facts()
                .with("flow", event.flow())
                .with("resource", event.resource())
                .with("amount", event.amount())
                .with("itemType", event.itemType())
                .with("itemId", event.itemId());
        show("resource_flow", event.header(), place, facts);
    }

    @EventHandler
    void on(AdViewed event, EventPlace place) {
        Facts facts = new Facts()
                .with("network", event.network())
                .with("placement", event.placement())
                .with("revenueMicros", event.revenue());
        show("ad_viewed", event.header(), place, facts);
    }

    @EventHandler
    void on(ItemInteracted event, EventPlace place) {
        Facts facts = new Facts()
                .with("itemId", event.itemId())
                .with("kind", event.kind())
                .with("weight", event.weight());
        show("item_interacted", event.header(), place, facts);
    }

    @EventHandler
    void on(AchievementUnlocked event, EventPlace place) {
        show("achievement_unlocked", event.header(), place, new Facts().with("achievementId", event.achievementId()));
    }

    @EventHandler
    void on(PlayerLinked event, EventPlace place) {
        show("player_linked", event.header(), place, new Facts());
    }

    @EventHandler
    void on(ErrorReported event, EventPlace place) {
        show("error_reported", event.header(), place, new Facts().with("severity", event.severity()));
    }

    @EventHandler
    void on(CustomReported event, EventPlace place) {
        show("custom", event.name(), event.header(), place, new Facts().with("value", event.value()));
    }

    /** Nothing is shown of it. */
    @EventHandler
    void on(Erased event, EventPlace place) {
        tail.erased(place.gameNumber(), place.stream());
    }

    private void show(String type, EventHeader header, EventPlace place, Facts facts) {
        show(type, null, header, place, facts);
    }

    private void show(String type, @Nullable String name, EventHeader header, EventPlace place, Facts facts) {
        Dimensions dimensions = header.dimensions();
        tail.add(
                place.gameNumber(),
                new LiveEvent(
                        place.position(),
                        type,
                        name,
                        place.playerNumber() < 0 ? null : place.stream(),
                        header.occurredAt(),
                        place.storedAt(),
                        dimensions.platform(),
                        dimensions.country(),
                        dimensions.appVersion(),
                        dimensions.experiments(),
                        facts.values()));
    }
}
