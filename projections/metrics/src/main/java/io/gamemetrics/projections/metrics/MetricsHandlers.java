package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.EventKind;
import io.gamemetrics.projections.metricsstore.EventRow;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded.KnownStart;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.math.BigDecimal;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/** What each event means for the metrics. Nothing is joined or looked up: the aggregate has decided it. */
final class MetricsHandlers {

    private final MetricsBatch metrics;

    MetricsHandlers(MetricsBatch metrics) {
        this.metrics = metrics;
    }

    @EventHandler
    void on(GameCreated event, EventPlace place) {
        metrics.game(
                place.gameNumber(),
                event.gameId().value(),
                event.timeZone(),
                event.currency().getCurrencyCode(),
                event.activeBy() == ActiveBy.ANY_EVENT,
                place.position());
    }

    @EventHandler
    void on(GameChanged event, EventPlace place) {
        metrics.game(
                place.gameNumber(),
                event.gameId().value(),
                event.timeZone(),
                event.currency().getCurrencyCode(),
                event.activeBy() == ActiveBy.ANY_EVENT,
                place.position());
    }

    @EventHandler
    void on(ExchangeRatesSet event, EventPlace place) {
        event.rates()
                .forEach((currency, rate) -> metrics.rate(
                        place.gameNumber(), currency.getCurrencyCode(), event.day(), rate, place.position()));
    }

    @EventHandler
    void on(PlayerRegistered event, EventPlace place) {
        metrics.add(row(EventKind.PLAYER_REGISTERED, event.header(), place));
        if (event.acquisition() != null) {
            metrics.acquired(
                    place.gameNumber(),
                    place.playerNumber(),
                    event.header().occurredAt(),
                    place.sequence(),
                    event.acquisition());
        }
    }

    @EventHandler
    void on(SessionStarted event, EventPlace place) {
        metrics.add(row(EventKind.SESSION_STARTED, event.header(), place).lengthMillis(event.lengthMillis()));
    }

    @EventHandler
    void on(SessionEnded event, EventPlace place) {
        metrics.add(row(EventKind.SESSION_ENDED, event.header(), place));
        KnownStart start = event.started();
        if (start != null) {
            metrics.sessionLength(
                    place.gameNumber(),
                    place.playerNumber(),
                    place.stream(),
                    start.sequence(),
                    start.occurredAt(),
                    start.lengthMillis());
        }
    }

    @EventHandler
    void on(ProgressionMade event, EventPlace place) {
        metrics.add(row(EventKind.PROGRESSION, event.header(), place).value(decimal(event.score())));
    }

    @EventHandler
    void on(ScoreSubmitted event, EventPlace place) {
        metrics.add(row(EventKind.SCORE_SUBMITTED, event.header(), place).value(decimal(event.score())));
    }

    @EventHandler
    void on(PurchaseMade event, EventPlace place) {
        String currency = event.price().currency().getCurrencyCode();
        metrics.add(row(EventKind.PURCHASE, event.header(), place)
                .item(event.itemId(), event.itemType())
                .money(currency, event.price().micros()));
        for (SettledRefund refund : event.settles()) {
            metrics.refundSettled(
                    place.gameNumber(),
                    place.playerNumber(),
                    place.stream(),
                    refund.sequence(),
                    refund.occurredAt(),
                    event.itemId(),
                    event.itemType(),
                    currency,
                    refund.micros());
        }
    }

    @EventHandler
    void on(PurchaseRefunded event, EventPlace place) {
        EventRow row = row(EventKind.PURCHASE_REFUNDED, event.header(), place);
        PurchaseRefunded.Settlement settled = event.settled();
        if (settled != null) {
            row.item(settled.itemId(), settled.itemType())
                    .money(
                            settled.amount().currency().getCurrencyCode(),
                            settled.amount().micros());
        }
        metrics.add(row);
    }

    @EventHandler
    void on(ResourceFlowed event, EventPlace place) {
        metrics.add(row(EventKind.RESOURCE_FLOW, event.header(), place).value(event.amount()));
    }

    @EventHandler
    void on(AdViewed event, EventPlace place) {
        EventRow row = row(EventKind.AD_VIEWED, event.header(), place);
        if (event.revenue() != null) {
            row.money(
                    event.revenue().currency().getCurrencyCode(),
                    event.revenue().micros());
        }
        metrics.add(row);
    }

    @EventHandler
    void on(ItemInteracted event, EventPlace place) {
        metrics.add(row(EventKind.ITEM_INTERACTED, event.header(), place).value(event.weight()));
    }

    @EventHandler
    void on(AchievementUnlocked event, EventPlace place) {
        metrics.add(row(EventKind.ACHIEVEMENT_UNLOCKED, event.header(), place));
    }

    @EventHandler
    void on(PlayerLinked event, EventPlace place) {
        metrics.add(row(EventKind.PLAYER_LINKED, event.header(), place));
    }

    /** Their half of a link: no deed of the player's. Who is linked to an erased person stays alone. */
    @EventHandler
    void on(LinkedToPlayer event, EventPlace place) {
        if (place.otherNumber() >= 0) {
            metrics.linked(
                    place.gameNumber(),
                    place.playerNumber(),
                    place.otherNumber(),
                    event.person().value());
        }
    }

    @EventHandler
    void on(Erased event, EventPlace place) {
        metrics.erased(place.gameNumber(), place.playerNumber(), place.stream());
    }

    @EventHandler
    void on(ErasedContribution event, EventPlace place) {
        metrics.contributed(place.gameNumber(), place.stream(), event.remainder());
    }

    @EventHandler
    void on(ErrorReported event, EventPlace place) {
        metrics.add(row(EventKind.ERROR_REPORTED, event.header(), place));
    }

    @EventHandler
    void on(CustomReported event, EventPlace place) {
        EventRow row =
                row(EventKind.CUSTOM, event.header(), place).named(event.name()).value(event.value());
        event.fields().forEach((field, value) -> {
            // Numbers only: words in fields are personal and have no sum.
            if (value instanceof Number number) {
                row.field(field, new BigDecimal(number.toString()));
            }
        });
        metrics.add(row);
    }

    private static EventRow row(EventKind kind, EventHeader header, EventPlace place) {
        Dimensions dimensions = header.dimensions();
        return new EventRow(
                place.gameNumber(),
                place.playerNumber(),
                place.stream(),
                place.sequence(),
                header.occurredAt(),
                kind,
                dimensions.platform(),
                dimensions.country(),
                dimensions.appVersion(),
                dimensions.experiments());
    }

    private static @Nullable BigDecimal decimal(@Nullable Long value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }
}
