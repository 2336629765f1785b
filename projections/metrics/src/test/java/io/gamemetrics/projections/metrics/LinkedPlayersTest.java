package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.ActivePlayers;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest on partition 0 turns out to be a person on partition 1. */
class LinkedPlayersTest {

    private static final GameId GAME = new GameId("linked");
    private static final Currency USD = Currency.getInstance("USD");
    private static final LocalDate DAY = LocalDate.parse("2026-03-20");
    private static final Instant NOON = Instant.parse("2026-03-20T12:00:00Z");
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int GUEST = 3;
    private static final int PERSON = 70_000;

    private Fed fed;
    private long ids;

    @BeforeEach
    void game() {
        fed = new Fed(TestPostgres.newDatabase(), 4, 2);
        configure(new GameCreated(GAME, "Linked", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOON));
    }

    @AfterEach
    void close() {
        fed.close();
    }

    private void configure(Object event) {
        Placed placed = fed.place(event, new UUID(0, 0), -1);
        fed.flush(0, List.of(placed));
        fed.flush(1, List.of(placed));
    }

    private EventHeader header(Instant at) {
        return new EventHeader(new EventId("e" + ids++), at, null, Dimensions.NONE, false);
    }

    private static UUID stream(int player) {
        return new UUID(1, player);
    }

    private void happens(int player, Object event) {
        fed.flush(player == GUEST ? 0 : 1, List.of(fed.place(event, stream(player), player)));
    }

    private void guestPlaysAndPays() {
        happens(GUEST, new PlayerRegistered(header(NOON), null, "google"));
        happens(GUEST, new SessionStarted(header(NOON), null));
        happens(GUEST, new PurchaseMade(header(NOON), "gems", "iap", new Money(USD, 7), List.of()));
    }

    private void personPlaysNextDay() {
        happens(PERSON, new SessionStarted(header(NOON.plus(ONE_DAY)), null));
    }

    /** The person's half comes by the person's partition, whenever that is. */
    private void personLinks() {
        happens(PERSON, new PlayerLinked(header(NOON.plus(ONE_DAY)), new Pseudonym(stream(GUEST))));
    }

    private void guestIsLinked() {
        LinkedToPlayer half = new LinkedToPlayer(header(NOON.plus(ONE_DAY)), new Pseudonym(stream(PERSON)));
        fed.flush(0, List.of(fed.link(half, stream(GUEST), GUEST, PERSON)));
    }

    private void guestsSessionEnds() {
        Instant end = NOON.plusSeconds(90);
        happens(GUEST, new SessionEnded(header(end), null, new SessionEnded.KnownStart(1, NOON, 90_000)));
    }

    private void onePersonWasThereOnBothDays() {
        Summary summary = fed.reader.summary(GAME, DAY, DAY.plusDays(1), Filter.ALL);
        assertThat(List.of(summary.players(), summary.newPlayers(), summary.payers(), summary.dauSum()))
                .isEqualTo(List.of(1L, 1L, 1L, 2L));
        assertThat(summary.meanSessionSeconds()).isEqualByComparingTo("90");
        assertThat(summary.revenue().iapMicros()).isEqualTo(7);
        ActivePlayers active = fed.reader.activePlayers(GAME, DAY.plusDays(1));
        assertThat(List.of(active.dau(), active.wau())).isEqualTo(List.of(1L, 1L));
        assertThat(fed.reader
                        .retention(GAME, DAY, DAY, List.of(1), null, Filter.ALL)
                        .summary()
                        .getFirst()
                        .returned())
                .isOne();
        Filter paidByGoogle = new Filter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("google"), null, null, true);
        assertThat(fed.reader.dailyMetrics(GAME, DAY, DAY.plusDays(1), paidByGoogle))
                .as("first day, acquisition and money are the person's, on every day")
                .extracting(day -> day.dau() + " " + day.newPlayers() + " " + day.sessions() + " "
                        + day.revenue().iapMicros())
                .containsExactly("1 1 1 7", "1 0 1 0");
    }

    @Test
    void what_the_guest_did_before_is_the_persons_and_so_is_what_comes_later() {
        personPlaysNextDay();
        guestPlaysAndPays();
        personLinks();
        guestIsLinked();
        guestsSessionEnds();

        onePersonWasThereOnBothDays();
    }

    @Test
    void a_link_to_a_person_of_whom_nothing_came_yet_is_the_same() {
        guestPlaysAndPays();
        guestIsLinked();
        guestsSessionEnds();
        personLinks();
        personPlaysNextDay();

        onePersonWasThereOnBothDays();
    }

    @Test
    void a_link_before_anything_else_is_the_same() {
        guestIsLinkedFirst();
        personLinks();
        personPlaysNextDay();

        onePersonWasThereOnBothDays();
    }

    private void guestIsLinkedFirst() {
        guestIsLinked();
        happens(GUEST, new PlayerRegistered(header(NOON), null, "google"));
        happens(GUEST, new SessionStarted(header(NOON), null));
        happens(GUEST, new PurchaseMade(header(NOON), "gems", "iap", new Money(USD, 7), List.of()));
        happens(
                GUEST,
                new SessionEnded(header(NOON.plusSeconds(90)), null, new SessionEnded.KnownStart(2, NOON, 90_000)));
    }

    @Test
    void a_link_that_comes_again_changes_nothing() {
        guestPlaysAndPays();
        personPlaysNextDay();
        personLinks();
        guestIsLinked();
        guestIsLinked();
        guestsSessionEnds();

        onePersonWasThereOnBothDays();
    }

    @Test
    void the_person_stays_one_when_the_games_days_are_counted_again() {
        guestPlaysAndPays();
        personPlaysNextDay();
        guestIsLinked();
        configure(new GameChanged(GAME, "Linked", ZoneId.of("America/New_York"), USD, ActiveBy.ANY_EVENT, NOON));
        guestsSessionEnds();
        personLinks();

        onePersonWasThereOnBothDays();
    }
}
