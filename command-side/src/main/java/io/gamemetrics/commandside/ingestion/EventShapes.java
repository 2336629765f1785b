package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.FieldKind.CurrencyCode;
import io.gamemetrics.commandside.ingestion.FieldKind.Formed;
import io.gamemetrics.commandside.ingestion.FieldKind.Fraction;
import io.gamemetrics.commandside.ingestion.FieldKind.Text;
import io.gamemetrics.commandside.ingestion.FieldKind.Values;
import io.gamemetrics.commandside.ingestion.FieldKind.Whole;
import io.gamemetrics.commandside.ingestion.FieldKind.Word;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of all types of events: their fields, what these may hold, and what becomes of them. */
final class EventShapes {

    private static final FieldKind TEXT = new Text(256);
    private static final FieldKind MICROS = new Whole(0, Long.MAX_VALUE);

    /** ±(2^53−1): whole numbers that every client reads exactly. */
    private static final FieldKind SCORE = new Whole(-((1L << 53) - 1), (1L << 53) - 1);

    private static final Formed EVENT_ID = (Formed) Envelope.EVENT_ID.kind();
    private static final FieldKind CUSTOM_NAME = new Formed(
            Pattern.compile("[^:\\s\\p{Cntrl}][^:\\p{Cntrl}]*(:[^:\\s\\p{Cntrl}][^:\\p{Cntrl}]*){0,4}"),
            256,
            "1 to 5 parts joined by ':', at most 256 characters");

    /** By type, in the order of the documentation. */
    static final Map<String, EventShape> BY_TYPE = new LinkedHashMap<>();

    static {
        Stream.of(
                        EventShape.of("player_registered")
                                .optional("displayName", TEXT)
                                .optional("acquisition", TEXT)
                                .becomes((e, v) -> new Content.Ready(new PlayerRegistered(
                                        e.header(), v.optionalText("displayName"), v.optionalText("acquisition")))),
                        EventShape.of("session_started")
                                .inSession()
                                .becomes((e, v) -> new Content.Ready(new SessionStarted(e.header(), null))),
                        EventShape.of("session_ended")
                                .inSession()
                                .optional("durationMillis", MICROS)
                                .becomes((e, v) -> new Content.Ready(
                                        new SessionEnded(e.header(), v.optionalWhole("durationMillis"), null))),
                        EventShape.of("progression")
                                .required("status", new Word(List.of("start", "complete", "fail")))
                                .required("world", TEXT)
                                .optional("stage", TEXT)
                                .optional("phase", TEXT)
                                .optional("score", SCORE)
                                .becomes((e, v) -> new Content.Ready(new ProgressionMade(
                                        e.header(),
                                        ProgressionMade.Status.valueOf(upper(v.text("status"))),
                                        v.text("world"),
                                        v.optionalText("stage"),
                                        v.optionalText("phase"),
                                        v.optionalWhole("score")))),
                        EventShape.of("score_submitted")
                                .required("leaderboardId", TEXT)
                                .required("score", SCORE)
                                .becomes((e, v) -> new Content.Ready(
                                        new ScoreSubmitted(e.header(), v.text("leaderboardId"), v.whole("score")))),
                        EventShape.of("purchase")
                                .required("itemId", TEXT)
                                .required("itemType", TEXT)
                                .required("currency", new CurrencyCode())
                                .required("amountMicros", MICROS)
                                .becomes((e, v) -> new Content.Ready(new PurchaseMade(
                                        e.header(),
                                        v.text("itemId"),
                                        v.text("itemType"),
                                        new Money(v.currency("currency"), v.whole("amountMicros")),
                                        List.of()))),
                        EventShape.of("purchase_refunded")
                                .required("purchaseEventId", EVENT_ID)
                                .optional("amountMicros", MICROS)
                                .becomes((e, v) -> new Content.Ready(new PurchaseRefunded(
                                        e.header(),
                                        new EventId(v.text("purchaseEventId")),
                                        v.optionalWhole("amountMicros"),
                                        null))),
                        EventShape.of("resource_flow")
                                .required("flow", new Word(List.of("source", "sink")))
                                .required("resource", TEXT)
                                .required("amount", new Fraction(true))
                                .required("itemType", TEXT)
                                .required("itemId", TEXT)
                                .becomes((e, v) -> new Content.Ready(new ResourceFlowed(
                                        e.header(),
                                        ResourceFlowed.Flow.valueOf(upper(v.text("flow"))),
                                        v.text("resource"),
                                        v.fraction("amount"),
                                        v.text("itemType"),
                                        v.text("itemId")))),
                        EventShape.of("ad_viewed")
                                .required("network", TEXT)
                                .required("placement", TEXT)
                                .optional("revenueMicros", MICROS)
                                .optional("currency", new CurrencyCode())
                                .becomes(EventShapes::adViewed),
                        EventShape.of("item_interacted")
                                .required("itemId", TEXT)
                                .required("kind", TEXT)
                                .optional("weight", new Fraction(false))
                                .becomes((e, v) -> new Content.Ready(new ItemInteracted(
                                        e.header(), v.text("itemId"), v.text("kind"), v.optionalFraction("weight")))),
                        EventShape.of("achievement_unlocked")
                                .required("achievementId", TEXT)
                                .becomes((e, v) -> new Content.Ready(
                                        new AchievementUnlocked(e.header(), v.text("achievementId")))),
                        EventShape.of("player_linked")
                                .required("linkedPlayerId", new Text(128))
                                .becomes(
                                        (e, v) -> new Content.Link(e.header(), new PlayerId(v.text("linkedPlayerId")))),
                        EventShape.of("error_reported")
                                .withoutPlayerToo()
                                .required("severity", TEXT)
                                .required("message", new Text(8_192))
                                .becomes((e, v) -> new Content.Ready(
                                        new ErrorReported(e.header(), v.text("severity"), v.text("message")))),
                        EventShape.of("custom")
                                .withoutPlayerToo()
                                .required("name", CUSTOM_NAME)
                                .optional("value", new Fraction(false))
                                .optional("fields", new Values(50, 256))
                                .becomes((e, v) -> new Content.Ready(new CustomReported(
                                        e.header(), v.text("name"), v.optionalFraction("value"), v.map("fields")))))
                .forEach(shape -> BY_TYPE.put(shape.type(), shape));
    }

    private EventShapes() {}

    /** Revenue and its currency come together or not at all; {@link EventReader} has seen to it. */
    private static Content adViewed(Envelope envelope, FieldValues values) {
        Long micros = values.optionalWhole("revenueMicros");
        return new Content.Ready(new AdViewed(
                envelope.header(),
                values.text("network"),
                values.text("placement"),
                micros == null ? null : new Money(values.currency("currency"), micros)));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
