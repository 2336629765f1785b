package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExportEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.KeptEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestExtended;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestHeld;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReleased;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectExported;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events in the approved files: of each kind one with everything said, and one with only what it must say. */
final class ExampleEvents {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123Z");
    private static final UUID REQUEST = UUID.fromString("0b7b1a5e-6c1d-4f0a-9d55-3f1c2a7e8b01");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Pseudonym OTHER = new Pseudonym(UUID.fromString("6f1c1f3e-9a0e-4e0c-8f53-2d1c7a5b9e01"));
    private static final EventHeader FULL = new EventHeader(
            new EventId("8b1f:7"),
            AT,
            new SessionId("s-9 \"å\" 😀"),
            new Dimensions("ios", "SE", "1.4.2", Map.of("gate", "gate_40", "ads", "off")),
            true);
    private static final EventHeader BARE = new EventHeader(new EventId("e"), AT, null, Dimensions.NONE, false);

    private static final List<Object> ALL = List.of(
            new GameCreated(GAME, "Intendo", ZoneId.of("Asia/Kolkata"), USD, ActiveBy.SESSION_START, Stage.TEST, AT),
            new GameChanged(GAME, "Intendo", ZoneId.of("UTC"), USD, ActiveBy.ANY_EVENT, AT.plusNanos(456_789)),
            new KeyIssued(GAME, "k1", KeyKind.INGEST, "the old server", "ab12", AT.plusSeconds(60), AT),
            new KeyIssued(GAME, "k2", KeyKind.READ, null, "cd34", null, AT),
            new KeyRevoked(GAME, "k1", AT),
            new ExchangeRatesSet(
                    GAME,
                    LocalDate.of(2026, 11, 22),
                    Map.of(
                            Currency.getInstance("EUR"),
                            new BigDecimal("1.0832"),
                            Currency.getInstance("JPY"),
                            new BigDecimal("0.00640")),
                    AT),
            new ExchangeRatesSet(GAME, LocalDate.of(2026, 11, 23), Map.of(), AT),
            new LimitsSet(GAME, 5_000, 20_000, 10_000, AT),
            new LimitsSet(GAME, null, null, null, AT),
            new LeaderboardDefined(
                    GAME,
                    "high",
                    LeaderboardDefined.Operator.BEST,
                    LeaderboardDefined.Order.DESC,
                    LeaderboardDefined.Reset.WEEKLY,
                    AT),
            new ErasedContribution(
                    GAME,
                    new Remainder(
                            LocalDate.of(2026, 11, 21),
                            LocalDate.of(2026, 11, 22),
                            List.of(
                                    new Remainder.Day(
                                            LocalDate.of(2026, 11, 22),
                                            new Remainder.Segment("ios", "SE", "1.4.2", List.of("ads:off", "gate:40")),
                                            7,
                                            2,
                                            1,
                                            new BigInteger("90000"),
                                            2,
                                            1,
                                            List.of(
                                                    new Remainder.Amount(
                                                            RevenueKind.IN_APP,
                                                            "USD",
                                                            new BigInteger("99999999999999999999")),
                                                    new Remainder.Amount(RevenueKind.REFUNDS, "USD", BigInteger.ONE))),
                                    new Remainder.Day(
                                            LocalDate.of(2026, 11, 23),
                                            Remainder.Segment.OTHERS,
                                            1,
                                            0,
                                            0,
                                            BigInteger.ZERO,
                                            0,
                                            0,
                                            List.of()))),
                    AT),
            new ErasedContribution(GAME, Remainder.NONE, AT),
            new PlayerRegistered(FULL, "Anna", "organic"),
            new PlayerRegistered(BARE, null, null),
            new SessionStarted(FULL, 90_000L),
            new SessionStarted(BARE, null),
            new SessionEnded(FULL, 90_000L, new SessionEnded.KnownStart(3, AT.minusSeconds(90), 90_000)),
            new SessionEnded(BARE, null, null),
            new ProgressionMade(FULL, ProgressionMade.Status.COMPLETE, "w1", "s2", "p3", 12_000L),
            new ProgressionMade(BARE, ProgressionMade.Status.START, "w1", null, null, null),
            new ScoreSubmitted(FULL, "high", 9_007_199_254_740_991L),
            new ScoreSubmitted(BARE, "high", -1),
            new PurchaseMade(
                    FULL,
                    "gems5",
                    "iap",
                    new Money(USD, 4_990_000),
                    List.of(new PurchaseMade.SettledRefund(new EventId("r1"), 4, AT.minusMillis(1), 990_000))),
            new PurchaseMade(BARE, "gems5", "iap", new Money(USD, 0), List.of()),
            new PurchaseRefunded(
                    FULL,
                    new EventId("8b1f:6"),
                    990_000L,
                    new PurchaseRefunded.Settlement("gems5", "iap", new Money(USD, 990_000))),
            new PurchaseRefunded(BARE, new EventId("8b1f:6"), null, null),
            new ResourceFlowed(FULL, ResourceFlowed.Flow.SINK, "gold", new BigDecimal("12.50"), "upgrade", "sword"),
            new AdViewed(FULL, "admob", "doubling", new Money(USD, 1_250)),
            new AdViewed(BARE, "unknown", "doubling", null),
            new ItemInteracted(FULL, "sword", "view", new BigDecimal("0.5")),
            new ItemInteracted(BARE, "sword", "like", null),
            new AchievementUnlocked(FULL, "first-blood"),
            new PlayerLinked(BARE, OTHER),
            new LinkedToPlayer(BARE, OTHER),
            new ErrorReported(FULL, "error", "NullPointerException\n\tat Level.load"),
            new CustomReported(
                    FULL,
                    "tutorial:step:3",
                    new BigDecimal("1E+3"),
                    Map.of("hard", true, "tries", 3, "ratio", new BigDecimal("0.125"), "note", "Ünïcödé")),
            new CustomReported(BARE, "tutorial", null, Map.of()),
            new LeaderboardBanned(BARE, "high", "moderator@example.org", "an impossible score"),
            new LeaderboardBanned(BARE, null, "moderator@example.org", null),
            new LeaderboardUnbanned(BARE, "high", "moderator@example.org"),
            new LeaderboardUnbanned(BARE, null, "moderator@example.org"),
            new ErasureBegun(AT),
            new Erased(AT),
            new RequestReceived(
                    REQUEST,
                    RequestKind.ERASURE,
                    List.of(GAME, new GameId("other")),
                    AT,
                    AT.plusSeconds(2_678_400),
                    AT.plusSeconds(7_776_000),
                    "privacy@example.org",
                    AT.plusSeconds(60)),
            new IdentityConfirmed(REQUEST, "privacy@example.org", AT),
            new RequestExtended(REQUEST, AT.plusSeconds(7_776_000), "privacy@example.org", AT),
            new RequestRefused(REQUEST, "privacy@example.org", AT),
            new RequestHeld(REQUEST, "privacy@example.org", AT),
            new RequestReleased(REQUEST, "privacy@example.org", AT),
            new ExecutionOrdered(REQUEST, "privacy@example.org", AT),
            new SubjectPurged(REQUEST, 1, List.of(new Purged("metrics.events", 17), new Purged("events", 3)), AT),
            new SubjectPurged(REQUEST, 0, List.of(), AT),
            new SubjectScanned(REQUEST, 1, 0, List.of(), AT),
            new SubjectScanned(REQUEST, 1, 1, List.of(new Searched("events", 1_000, 300_000, 1)), AT),
            new RequestCompleted(REQUEST, "ab12", AT),
            new SubjectExported(REQUEST, 1, 42, AT),
            new ExportEnded(REQUEST, AT),
            new SubjectKept(
                    REQUEST, 1, KeptKind.PURCHASES, 17, LocalDate.of(2033, 12, 31), AT.plusSeconds(7_776_000), AT),
            new KeptEnded(REQUEST, 1, KeptKind.PURCHASES, AT));

    private ExampleEvents() {}

    /** Those that could be said in a revision. */
    static List<Object> of(Class<?> kind, int revision) {
        return of(kind).stream()
                .filter(event -> revision > 1
                        || !(event instanceof SubjectScanned scanned)
                        || scanned.searched().isEmpty())
                .toList();
    }

    static List<Object> of(Class<?> kind) {
        return ALL.stream().filter(kind::isInstance).toList();
    }
}
