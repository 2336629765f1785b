package io.gamemetrics.commandside.player;

import io.gamemetrics.commandside.player.SessionFacts.End;
import io.gamemetrics.commandside.player.SessionFacts.Start;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded.KnownStart;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.ArrayList;
import java.util.List;

/** Adds to an accepted event what is decided about it: the other half of its session, its refunds, its purchase. */
final class Joined {

    private Joined() {}

    static PlayerEvent with(Facts facts, PlayerEvent event) {
        return switch (event) {
            case SessionStarted started -> start(facts, started);
            case SessionEnded ended -> end(facts, ended);
            case PurchaseMade purchase -> purchase(facts, purchase);
            case PurchaseRefunded refund -> refund(facts, refund);
            case PlayerEvent.PlayerRegistered e ->
                new PlayerEvent.PlayerRegistered(marked(facts, e), e.displayName(), e.acquisition());
            case PlayerEvent.ProgressionMade e ->
                new PlayerEvent.ProgressionMade(
                        marked(facts, e), e.status(), e.world(), e.stage(), e.phase(), e.score());
            case PlayerEvent.ScoreSubmitted e ->
                new PlayerEvent.ScoreSubmitted(marked(facts, e), e.leaderboardId(), e.score());
            case PlayerEvent.ResourceFlowed e ->
                new PlayerEvent.ResourceFlowed(
                        marked(facts, e), e.flow(), e.resource(), e.amount(), e.itemType(), e.itemId());
            case PlayerEvent.AdViewed e ->
                new PlayerEvent.AdViewed(marked(facts, e), e.network(), e.placement(), e.revenue());
            case PlayerEvent.ItemInteracted e ->
                new PlayerEvent.ItemInteracted(marked(facts, e), e.itemId(), e.kind(), e.weight());
            case PlayerEvent.AchievementUnlocked e ->
                new PlayerEvent.AchievementUnlocked(marked(facts, e), e.achievementId());
            case PlayerEvent.PlayerLinked e -> new PlayerEvent.PlayerLinked(marked(facts, e), e.linked());
            case PlayerEvent.LinkedToPlayer e -> e;
            case PlayerEvent.LeaderboardBanned e -> e;
            case PlayerEvent.LeaderboardUnbanned e -> e;
            case PlayerEvent.ErasureBegun e -> e;
            case PlayerEvent.Erased e -> e;
            case PlayerEvent.ErrorReported e ->
                new PlayerEvent.ErrorReported(marked(facts, e), e.severity(), e.message());
            case PlayerEvent.CustomReported e ->
                new PlayerEvent.CustomReported(marked(facts, e), e.name(), e.value(), e.fields());
        };
    }

    private static SessionStarted start(Facts facts, SessionStarted event) {
        SessionId id = event.header().sessionId();
        End end = id == null ? null : facts.session(id).end();
        return end == null
                ? event
                : new SessionStarted(
                        event.header(), end.lengthSince(event.header().occurredAt()));
    }

    private static SessionEnded end(Facts facts, SessionEnded event) {
        SessionId id = event.header().sessionId();
        Start start = id == null ? null : facts.session(id).start();
        if (start == null) {
            return event;
        }
        long lengthMillis =
                new End(event.header().occurredAt(), event.durationMillis()).lengthSince(start.occurredAt());
        return new SessionEnded(
                event.header(),
                event.durationMillis(),
                new KnownStart(start.sequence(), start.occurredAt(), lengthMillis));
    }

    private static PurchaseMade purchase(Facts facts, PurchaseMade event) {
        List<PurchaseMade.SettledRefund> settles = new ArrayList<>(0);
        long left = event.price().micros();
        for (Facts.Refund waiting : facts.refundsOf(event.header().eventId())) {
            Long asked = waiting.event().amountMicros();
            long micros = asked == null ? left : Math.min(asked, left);
            EventHeader header = waiting.event().header();
            settles.add(
                    new PurchaseMade.SettledRefund(header.eventId(), waiting.sequence(), header.occurredAt(), micros));
            left -= micros;
        }
        return new PurchaseMade(marked(facts, event), event.itemId(), event.itemType(), event.price(), settles);
    }

    private static PurchaseRefunded refund(Facts facts, PurchaseRefunded event) {
        EventHeader header = marked(facts, event);
        if (!(facts.eventWith(event.purchaseEventId()) instanceof PurchaseMade purchase)) {
            return new PurchaseRefunded(header, event.purchaseEventId(), event.amountMicros(), null);
        }
        Long asked = event.amountMicros();
        long micros = asked == null ? facts.microsLeftOf(purchase) : asked;
        return new PurchaseRefunded(
                header,
                event.purchaseEventId(),
                asked,
                new PurchaseRefunded.Settlement(
                        purchase.itemId(),
                        purchase.itemType(),
                        new Money(purchase.price().currency(), micros)));
    }

    private static EventHeader marked(Facts facts, PlayerEvent event) {
        EventHeader header = event.header();
        SessionId id = header.sessionId();
        return id != null && facts.session(id).endedBefore(header.occurredAt())
                ? header.markedAfterSessionEnd()
                : header;
    }
}
