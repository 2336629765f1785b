package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** How reported events lie in the store: numbers from 100. */
final class PlayerShapes {

    private PlayerShapes() {}

    static final List<Shape<?>> ALL = List.of(
            Shape.reported(
                    100,
                    "player.registered",
                    PlayerRegistered.class,
                    (e, out) -> out.header(e.header())
                            .text("displayName", e.displayName())
                            .text("acquisition", e.acquisition()),
                    in -> new PlayerRegistered(
                            in.header(), in.optionalText("displayName"), in.optionalText("acquisition"))),
            Shape.reported(
                    101,
                    "player.session-started",
                    SessionStarted.class,
                    (e, out) -> out.header(e.header()).number("lengthMillis", e.lengthMillis()),
                    in -> new SessionStarted(in.header(), in.optionalNumber("lengthMillis"))),
            Shape.reported(
                    102,
                    "player.session-ended",
                    SessionEnded.class,
                    (e, out) -> out.header(e.header())
                            .number("durationMillis", e.durationMillis())
                            .part("started", e.started(), PlayerShapes::writeStart),
                    in -> new SessionEnded(
                            in.header(),
                            in.optionalNumber("durationMillis"),
                            in.part("started", PlayerShapes::readStart))),
            Shape.reported(
                    103,
                    "player.progression-made",
                    ProgressionMade.class,
                    (e, out) -> out.header(e.header())
                            .text("status", e.status().name())
                            .text("world", e.world())
                            .text("stage", e.stage())
                            .text("phase", e.phase())
                            .number("score", e.score()),
                    in -> new ProgressionMade(
                            in.header(),
                            in.choice("status", ProgressionMade.Status.class),
                            in.text("world"),
                            in.optionalText("stage"),
                            in.optionalText("phase"),
                            in.optionalNumber("score"))),
            Shape.reported(
                    104,
                    "player.score-submitted",
                    ScoreSubmitted.class,
                    (e, out) -> out.header(e.header())
                            .text("leaderboard", e.leaderboardId())
                            .number("score", e.score()),
                    in -> new ScoreSubmitted(in.header(), in.text("leaderboard"), in.number("score"))),
            Shape.reported(
                    105,
                    "player.purchase-made",
                    PurchaseMade.class,
                    (e, out) -> money(
                            out.header(e.header())
                                    .text("item", e.itemId())
                                    .text("itemType", e.itemType())
                                    .parts("settles", e.settles(), PlayerShapes::writeSettled),
                            e.price()),
                    in -> new PurchaseMade(
                            in.header(),
                            in.text("item"),
                            in.text("itemType"),
                            money(in),
                            in.parts("settles", PlayerShapes::readSettled))),
            Shape.reported(
                    106,
                    "player.purchase-refunded",
                    PurchaseRefunded.class,
                    (e, out) -> out.header(e.header())
                            .text("purchase", e.purchaseEventId().value())
                            .number("amountMicros", e.amountMicros())
                            .part("settled", e.settled(), PlayerShapes::writeSettlement),
                    in -> new PurchaseRefunded(
                            in.header(),
                            new EventId(in.text("purchase")),
                            in.optionalNumber("amountMicros"),
                            in.part("settled", PlayerShapes::readSettlement))),
            Shape.reported(
                    107,
                    "player.resource-flowed",
                    ResourceFlowed.class,
                    (e, out) -> out.header(e.header())
                            .text("flow", e.flow().name())
                            .text("resource", e.resource())
                            .decimal("amount", e.amount())
                            .text("itemType", e.itemType())
                            .text("item", e.itemId()),
                    in -> new ResourceFlowed(
                            in.header(),
                            in.choice("flow", ResourceFlowed.Flow.class),
                            in.text("resource"),
                            in.decimal("amount"),
                            in.text("itemType"),
                            in.text("item"))),
            Shape.reported(
                    108,
                    "player.ad-viewed",
                    AdViewed.class,
                    (e, out) -> out.header(e.header())
                            .text("network", e.network())
                            .text("placement", e.placement())
                            .part("revenue", e.revenue(), (revenue, part) -> money(part, revenue)),
                    in -> new AdViewed(
                            in.header(),
                            in.text("network"),
                            in.text("placement"),
                            in.part("revenue", PlayerShapes::money))),
            Shape.reported(
                    109,
                    "player.item-interacted",
                    ItemInteracted.class,
                    (e, out) -> out.header(e.header())
                            .text("item", e.itemId())
                            .text("kind", e.kind())
                            .decimal("weight", e.weight()),
                    in -> new ItemInteracted(
                            in.header(), in.text("item"), in.text("kind"), in.optionalDecimal("weight"))),
            Shape.reported(
                    110,
                    "player.achievement-unlocked",
                    AchievementUnlocked.class,
                    (e, out) -> out.header(e.header()).text("achievement", e.achievementId()),
                    in -> new AchievementUnlocked(in.header(), in.text("achievement"))),
            Shape.reported(
                    111,
                    "player.linked",
                    PlayerLinked.class,
                    (e, out) -> out.header(e.header()).text("linked", e.linked().toString()),
                    in -> new PlayerLinked(in.header(), pseudonym(in.text("linked")))),
            Shape.reported(
                    112,
                    "player.linked-to",
                    LinkedToPlayer.class,
                    (e, out) -> out.header(e.header()).text("person", e.person().toString()),
                    in -> new LinkedToPlayer(in.header(), pseudonym(in.text("person")))),
            Shape.reported(
                    113,
                    "player.error-reported",
                    ErrorReported.class,
                    (e, out) -> out.header(e.header())
                            .text("severity", e.severity())
                            .text("message", e.message()),
                    in -> new ErrorReported(in.header(), in.text("severity"), in.text("message"))),
            Shape.reported(
                    114,
                    "player.custom-reported",
                    CustomReported.class,
                    (e, out) -> out.header(e.header())
                            .text("name", e.name())
                            .decimal("value", e.value())
                            .values("fields", e.fields()),
                    in -> new CustomReported(
                            in.header(), in.text("name"), in.optionalDecimal("value"), in.values("fields"))),
            Shape.reported(
                    115,
                    "player.leaderboard-banned",
                    LeaderboardBanned.class,
                    (e, out) -> out.header(e.header())
                            .text("leaderboard", e.leaderboardId())
                            .text("by", e.by())
                            .text("reason", e.reason()),
                    in -> new LeaderboardBanned(
                            in.header(), in.optionalText("leaderboard"), in.text("by"), in.optionalText("reason"))),
            Shape.reported(
                    116,
                    "player.leaderboard-unbanned",
                    LeaderboardUnbanned.class,
                    (e, out) -> out.header(e.header())
                            .text("leaderboard", e.leaderboardId())
                            .text("by", e.by()),
                    in -> new LeaderboardUnbanned(in.header(), in.optionalText("leaderboard"), in.text("by"))),
            Shape.reported(
                    117,
                    "player.erasure-begun",
                    ErasureBegun.class,
                    (e, out) -> out.instant("at", e.at()),
                    in -> new ErasureBegun(in.instant("at"))),
            Shape.reported(
                    118,
                    "player.erased",
                    Erased.class,
                    (e, out) -> out.instant("at", e.at()),
                    in -> new Erased(in.instant("at"))));

    private static void writeStart(SessionEnded.KnownStart start, FieldWriter out) {
        out.number("sequence", start.sequence())
                .instant("occurredAt", start.occurredAt())
                .number("lengthMillis", start.lengthMillis());
    }

    private static SessionEnded.KnownStart readStart(FieldReader in) {
        return new SessionEnded.KnownStart(in.number("sequence"), in.instant("occurredAt"), in.number("lengthMillis"));
    }

    private static void writeSettled(PurchaseMade.SettledRefund refund, FieldWriter out) {
        out.text("event", refund.eventId().value())
                .number("sequence", refund.sequence())
                .instant("occurredAt", refund.occurredAt())
                .number("micros", refund.micros());
    }

    private static PurchaseMade.SettledRefund readSettled(FieldReader in) {
        return new PurchaseMade.SettledRefund(
                new EventId(in.text("event")), in.number("sequence"), in.instant("occurredAt"), in.number("micros"));
    }

    private static void writeSettlement(PurchaseRefunded.Settlement settled, FieldWriter out) {
        money(out.text("item", settled.itemId()).text("itemType", settled.itemType()), settled.amount());
    }

    private static PurchaseRefunded.Settlement readSettlement(FieldReader in) {
        return new PurchaseRefunded.Settlement(in.text("item"), in.text("itemType"), money(in));
    }

    private static void money(FieldWriter out, Money money) {
        out.text("currency", money.currency().getCurrencyCode()).number("micros", money.micros());
    }

    private static Money money(FieldReader in) {
        return new Money(Currency.getInstance(in.text("currency")), in.number("micros"));
    }

    private static Pseudonym pseudonym(String text) {
        return new Pseudonym(UUID.fromString(text));
    }
}
