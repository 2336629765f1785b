package io.gamemetrics.commandside.player;

import static io.gamemetrics.commandside.player.Decisions.decisions;
import static io.gamemetrics.commandside.player.Events.NOON;
import static io.gamemetrics.commandside.player.Events.OTHER;
import static io.gamemetrics.commandside.player.Events.PLAYER;
import static io.gamemetrics.commandside.player.Events.achievement;
import static io.gamemetrics.commandside.player.Events.at;
import static io.gamemetrics.commandside.player.Events.end;
import static io.gamemetrics.commandside.player.Events.header;
import static io.gamemetrics.commandside.player.Events.link;
import static io.gamemetrics.commandside.player.Events.purchase;
import static io.gamemetrics.commandside.player.Events.refund;
import static io.gamemetrics.commandside.player.Events.score;
import static io.gamemetrics.commandside.player.Events.start;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded.Settlement;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded.KnownStart;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Given what is known of a player, when events are reported, then these are true. */
class RecordEventsTest {

    private boolean otherAgrees = true;
    private int playerEventsPerMinute = RecordEvents.DEFAULT_PLAYER_EVENTS_PER_MINUTE;
    private Set<String> leaderboards = Set.of();
    private boolean validateOnly;

    @Test
    void anEventOfANewPlayerIsAccepted() {
        when(List.of(), achievement("a", "first", null, 0))
                .expectEvents(achievement("a", "first", null, 0))
                .expectResultMessagePayloadMatching(decisions("accepted"));
    }

    @Test
    void theSameEventAgainIsADuplicate() {
        when(List.of(achievement("a", "first", null, 0)), achievement("a", "first", null, 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("duplicate"));
    }

    @Test
    void theSameEventTwiceInOneRequestIsOneEventAndADuplicate() {
        when(List.of(), achievement("a", "first", null, 0), achievement("a", "first", null, 0))
                .expectEvents(achievement("a", "first", null, 0))
                .expectResultMessagePayloadMatching(decisions("accepted", "duplicate"));
    }

    @Test
    void theSameIdWithOtherContentIsAConflict() {
        when(List.of(achievement("a", "first", null, 0)), achievement("a", "second", null, 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(EventIdNamesOneContent.CONFLICT));
    }

    @Test
    void identicalContentUnderTwoIdsIsTwoEvents() {
        when(List.of(achievement("a", "first", null, 0)), achievement("b", "first", null, 0))
                .expectEvents(achievement("b", "first", null, 0));
    }

    @Test
    void anIdThatWasRefusedMayBeUsedAgain() {
        when(List.of(), achievement("a", "first", null, 60 * 25), achievement("a", "first", null, 0))
                .expectEvents(achievement("a", "first", null, 0))
                .expectResultMessagePayloadMatching(decisions(OccurredInLivingMemory.FUTURE, "accepted"));
    }

    @Test
    void aDayAheadIsAcceptedAndAMillisecondMoreIsNot() {
        PlayerEvent late = new AchievementUnlocked(
                new io.gamemetrics.sharedkernel.player.EventHeader(
                        new EventId("b"),
                        at(60 * 24).plusMillis(1),
                        null,
                        io.gamemetrics.sharedkernel.player.Dimensions.NONE,
                        false),
                "x");
        when(List.of(), achievement("a", "x", null, 60 * 24), late)
                .expectResultMessagePayloadMatching(decisions("accepted", OccurredInLivingMemory.FUTURE));
    }

    @Test
    void anEventOfTheLastCenturyIsRefused() {
        when(List.of(achievement("known", "x", null, 0)), achievement("a", "x", null, -60L * 24 * 365 * 27))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(OccurredInLivingMemory.TOO_OLD));
    }

    @Test
    void anEndJoinsTheStartThatCameBefore() {
        when(List.of(start("s", "one", 0)), end("e", "one", 20, null))
                .expectEvents(new SessionEnded(header("e", 20, "one"), null, new KnownStart(0, at(0), 1_200_000)));
    }

    @Test
    void anEndKnowsTheLengthItsSenderMeasured() {
        when(List.of(start("s", "one", 0)), end("e", "one", 20, 5L))
                .expectEvents(new SessionEnded(header("e", 20, "one"), 5L, new KnownStart(0, at(0), 5)));
    }

    @Test
    void aStartJoinsTheEndThatCameBefore() {
        when(List.of(end("e", "one", 20, null)), start("s", "one", 0))
                .expectEvents(new SessionStarted(header("s", 0, "one"), 1_200_000L));
    }

    @Test
    void startAndEndOfOneRequestAreJoined() {
        when(List.of(), end("e", "one", 20, null), start("s", "one", 0))
                .expectEvents(end("e", "one", 20, null), new SessionStarted(header("s", 0, "one"), 1_200_000L));
    }

    @Test
    void anEndBeforeItsStartIsRefusedWhicheverArrivesLater() {
        when(List.of(start("s", "one", 5)), end("e", "one", 4, null))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(SessionEndsAfterItsStart.END_BEFORE_START));
        when(List.of(end("e", "one", 4, null)), start("s", "one", 5))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(SessionEndsAfterItsStart.END_BEFORE_START));
    }

    @Test
    void aSecondStartOrEndIsRefused() {
        when(List.of(start("s", "one", 0), end("e", "one", 4, null)), start("s2", "one", 0), end("e2", "one", 5, null))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(
                        decisions(SessionStartsAndEndsOnce.CONFLICT, SessionStartsAndEndsOnce.CONFLICT));
    }

    @Test
    void aSessionOfLongAgoIsLookedUp() {
        List<PlayerEvent> past = new ArrayList<>(List.of(start("s", "one", 0)));
        for (int i = 0; i < 2 * RecentSessions.MAX_SESSIONS; i++) {
            past.add(start("past" + i, "other" + i, i));
        }
        when(past, end("e", "one", 20, null), start("s2", "one", 0))
                .expectEvents(new SessionEnded(header("e", 20, "one"), null, new KnownStart(0, at(0), 1_200_000)))
                .expectResultMessagePayloadMatching(decisions("accepted", SessionStartsAndEndsOnce.CONFLICT));
    }

    @Test
    void anEventAfterItsSessionsEndIsAcceptedAndMarked() {
        when(List.of(end("e", "one", 4, null)), achievement("a", "x", "one", 5), achievement("b", "x", "one", 4))
                .expectEvents(
                        new AchievementUnlocked(header("a", 5, "one").markedAfterSessionEnd(), "x"),
                        achievement("b", "x", "one", 4));
    }

    @Test
    void aMarkedEventSentAgainIsADuplicate() {
        when(
                        List.of(
                                end("e", "one", 4, null),
                                new AchievementUnlocked(header("a", 5, "one").markedAfterSessionEnd(), "x")),
                        achievement("a", "x", "one", 5))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions("duplicate"));
    }

    @Test
    void aRefundGivesBackWhatItSays() {
        when(List.of(purchase("p", 100, 0)), refund("r", "p", 30L, 1))
                .expectEvents(new PurchaseRefunded(header("r", 1, null), new EventId("p"), 30L, settlement(30)));
    }

    @Test
    void aRefundWithoutAmountGivesBackTheRest() {
        when(List.of(purchase("p", 100, 0), settled("r", 30)), refund("r2", "p", null, 1))
                .expectEvents(new PurchaseRefunded(header("r2", 1, null), new EventId("p"), null, settlement(70)));
    }

    @Test
    void moreThanIsLeftIsTooMuch() {
        when(
                        List.of(purchase("p", 100, 0), settled("r", 30)),
                        refund("r2", "p", 71L, 1),
                        refund("r3", "p", 70L, 1),
                        refund("r4", "p", null, 1))
                .expectEvents(new PurchaseRefunded(header("r3", 1, null), new EventId("p"), 70L, settlement(70)))
                .expectResultMessagePayloadMatching(
                        decisions(RefundIsNotMoreThanBought.TOO_MUCH, "accepted", RefundIsNotMoreThanBought.TOO_MUCH));
    }

    @Test
    void aRefundBeforeItsPurchaseWaitsAndIsSettledByIt() {
        when(List.of(refund("r", "p", 30L, 5), refund("r2", "p", 90L, 6)), purchase("p", 100, 0))
                .expectEvents(new PurchaseMade(
                        header("p", 0, null),
                        "gems5",
                        "iap",
                        new Money(Currency.getInstance("USD"), 100),
                        List.of(
                                new SettledRefund(new EventId("r"), 0, at(5), 30),
                                new SettledRefund(new EventId("r2"), 1, at(6), 70))));
    }

    @Test
    void whatWaitedIsNoLongerLeft() {
        PurchaseMade settling = new PurchaseMade(
                header("p", 0, null),
                "gems5",
                "iap",
                new Money(Currency.getInstance("USD"), 100),
                List.of(new SettledRefund(new EventId("r"), 0, at(5), 30)));
        when(List.of(refund("r", "p", 30L, 5), settling), refund("r2", "p", 71L, 6))
                .expectResultMessagePayloadMatching(decisions(RefundIsNotMoreThanBought.TOO_MUCH));
    }

    @Test
    void moreEventsInAMinuteThanTheGameAllowsAreRefused() {
        playerEventsPerMinute = 2;
        when(
                        List.of(achievement("a", "x", null, 0)),
                        achievement("b", "x", null, 0),
                        achievement("c", "x", null, 0),
                        achievement("d", "x", null, 1),
                        achievement("a", "x", null, 0))
                .expectResultMessagePayloadMatching(
                        decisions("accepted", PlayerSendsNotTooMany.TOO_MANY, "accepted", "duplicate"));
    }

    @Test
    void aScoreForALeaderboardOfTheGameIsAccepted() {
        leaderboards = Set.of("weekly", "top");
        when(List.of(), score("a", "top", 7))
                .expectEvents(score("a", "top", 7))
                .expectResultMessagePayloadMatching(decisions("accepted"));
    }

    @Test
    void aScoreForALeaderboardThatIsNotDefinedIsRefusedAlone() {
        leaderboards = Set.of("weekly", "top");
        when(
                        List.of(score("kept", "before", 1)),
                        score("a", "tops", 7),
                        score("b", "top", 8),
                        score("kept", "before", 1))
                .expectEvents(score("b", "top", 8))
                .expectResultMessagePayloadMatching(decisions(LeaderboardIsDefined.UNKNOWN, "accepted", "duplicate"));
    }

    @ParameterizedTest
    @CsvSource({"weekly-boss,weekly_boss", "WEEKLY_BOSS,weekly_boss", "high,", "w,", "tpo,"})
    void theLeaderboardThatWasProbablyMeantIsNamedWhenItIsNear(String sent, @Nullable String near) {
        Refusal refusal = requireNonNull(new LeaderboardIsDefined(Set.of("weekly_boss", "top-ten"))
                .refusal(score("a", sent, 7), new Facts(new PlayerState(), List.of(), List.of())));
        assertThat(refusal.pointer()).isEqualTo("/leaderboardId");
        assertThat(refusal.message())
                .isEqualTo("leaderboardId: the game has no such leaderboard"
                        + (near == null ? "" : "; the nearest is '" + near + "'"));
    }

    @Test
    void aLinkIsAcceptedWhenTheOtherAgrees() {
        when(List.of(), link("l", OTHER, 0), link("l2", OTHER, 0), link("l", OTHER, 0))
                .expectEvents(link("l", OTHER, 0))
                .expectResultMessagePayloadMatching(
                        decisions("accepted", LinkedPlayersAreOnePerson.CONFLICT, "duplicate"));
    }

    @Test
    void aLinkIsAConflictWhenTheOtherRefuses() {
        otherAgrees = false;
        when(List.of(achievement("known", "x", null, 0)), link("l", OTHER, 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(LinkedPlayersAreOnePerson.CONFLICT));
    }

    @Test
    void aLinkedPlayerLinksNobody() {
        when(List.of(new LinkedToPlayer(header("x", 0, null), OTHER)), link("l", OTHER, 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(LinkedPlayersAreOnePerson.CONFLICT));
    }

    @Test
    void nobodyIsLinkedToThemselves() {
        when(List.of(achievement("known", "x", null, 0)), link("l", PLAYER, 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(decisions(LinkedPlayersAreOnePerson.CONFLICT));
    }

    @Test
    void theIdOfTheOthersLinkIsStillFree() {
        when(List.of(new LinkedToPlayer(header("x", 0, null), OTHER)), achievement("x", "mine", null, 0))
                .expectEvents(achievement("x", "mine", null, 0));
    }

    @Test
    void validatingDecidesTheSameAndKeepsNothing() {
        validateOnly = true;
        when(
                        List.of(start("s", "one", 0)),
                        end("e", "one", 4, null),
                        end("e2", "one", 5, null),
                        link("l", OTHER, 0),
                        start("s", "one", 0))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(
                        decisions("accepted", SessionStartsAndEndsOnce.CONFLICT, "accepted", "duplicate"));
    }

    private ResultValidator<Player> when(List<PlayerEvent> given, PlayerEvent... reported) {
        AggregateTestFixture<Player> fixture = new AggregateTestFixture<>(Player.class);
        History history = new History();
        given.forEach(history::add);
        fixture.registerInjectableResource(history);
        OtherPlayers others = (linked, half, only) ->
                otherAgrees && only == validateOnly ? OtherPlayers.Consent.AGREED : OtherPlayers.Consent.LINKED;
        fixture.registerInjectableResource(others);
        List<Candidate> candidates = new ArrayList<>();
        for (PlayerEvent event : reported) {
            candidates.add(new Candidate(candidates.size(), event));
        }
        return fixture.given(given)
                .when(new RecordEvents(PLAYER, NOON, playerEventsPerMinute, leaderboards, validateOnly, candidates));
    }

    private static PurchaseRefunded settled(String id, long micros) {
        return new PurchaseRefunded(header(id, 1, null), new EventId("p"), micros, settlement(micros));
    }

    private static Settlement settlement(long micros) {
        return new Settlement("gems5", "iap", new Money(Currency.getInstance("USD"), micros));
    }
}
