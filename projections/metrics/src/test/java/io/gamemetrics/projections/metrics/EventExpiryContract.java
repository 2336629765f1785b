package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.projections.metricsstore.EventName;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Freshness;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every engine has to keep, and to refuse, when old events are dropped. */
abstract class EventExpiryContract extends ExpiringGame {

    private static final int REFUND_MICROS = 2;

    @Test
    void numbers_by_day_stay_and_what_needs_the_events_is_refused() {
        everythingIn(IN_MARCH);
        everythingIn(IN_APRIL);
        Filter ios = new Filter(Set.of("ios"), Set.of(), Set.of(), Set.of(), Set.of(), null, null, true);
        List<Object> before = daily(ios);

        may();

        assertThat(rows("event")).isEqualTo(3);
        assertThat(daily(ios)).isEqualTo(before);
        Instant march = IN_MARCH.minusSeconds(3_600);
        isNoLongerKept(() -> hours(march, IN_MARCH.plusSeconds(3_600), null), KEPT_FROM);
        isNoLongerKept(() -> hours(march, IN_APRIL.plusSeconds(3_600), "open"), KEPT_FROM);
        isNoLongerKept(() -> fed.reader.revenueByItem(GAME, MARCH, APRIL, 10), KEPT_FROM);
        isNoLongerKept(
                () -> fed.reader.funnel(GAME, List.of("open"), Duration.ZERO, MARCH, APRIL, null, Filter.ALL),
                KEPT_FROM);
        assertThat(hours(KEPT_FROM, IN_APRIL.plusSeconds(3_600), null).total()).isEqualByComparingTo("3");
        assertThat(hours(KEPT_FROM, IN_APRIL.plusSeconds(3_600), "open").total())
                .isEqualByComparingTo("1");
        assertThat(fed.reader.revenueByItem(GAME, APRIL, APRIL, 10)).hasSize(1);
        Freshness freshness = fed.reader.freshness(GAME);
        assertThat(freshness.eventsFrom()).isEqualTo(KEPT_FROM);
        assertThat(freshness.daysFrom()).isNull();
    }

    private List<Object> daily(Filter where) {
        return List.of(
                fed.reader.dailyMetrics(GAME, MARCH, APRIL, Filter.ALL),
                fed.reader.dailyMetrics(GAME, MARCH, APRIL, where),
                fed.reader.summary(GAME, MARCH, APRIL, Filter.ALL),
                fed.reader.summary(GAME, MARCH, APRIL, where),
                fed.reader.activePlayers(GAME, APRIL),
                fed.reader.retention(GAME, MARCH, APRIL, List.of(0, 34), null, Filter.ALL),
                fed.reader.retention(GAME, MARCH, APRIL, List.of(0, 34), null, where),
                fed.reader.metrics(
                        GAME,
                        Metric.REVENUE,
                        Granularity.DAY,
                        MARCH.atStartOfDay().toInstant(ZoneOffset.UTC),
                        APRIL.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                        List.of(),
                        1,
                        where),
                fed.reader.eventNames(GAME));
    }

    @Test
    void a_game_that_began_later_is_refused_nothing() {
        everythingIn(IN_APRIL);
        may();

        assertThat(hours(IN_MARCH, IN_APRIL.plusSeconds(3_600), null).total()).isEqualByComparingTo("3");
        assertThat(hours(IN_MARCH.minusSeconds(7_200), IN_MARCH, null).total()).isEqualByComparingTo("0");
    }

    @Test
    void what_comes_late_counts_on_its_day_and_is_not_kept() {
        everythingIn(IN_APRIL);
        may();
        everythingIn(IN_MARCH);
        fed.charts.make();

        assertThat(rows("event")).isEqualTo(3);
        assertThat(rows("chart_minute")).isEqualTo(3);
        Summary march = summary(MARCH, MARCH);
        assertThat(List.of(march.players(), march.newPlayers(), march.payers(), march.purchases()))
                .containsOnly(1L);
        assertThat(march.revenue().iapMicros()).isEqualTo(7);
        assertThat(summary(APRIL, APRIL).newPlayers()).isZero();
        assertThat(fed.reader.eventNames(GAME).stream().map(EventName::events)).containsOnly(2L);
        isNoLongerKept(() -> hours(IN_MARCH, IN_APRIL, null), KEPT_FROM);
    }

    @Test
    void a_session_and_a_refund_are_completed_though_their_events_are_gone() {
        long start = happens(GUEST, new SessionStarted(header(IN_MARCH), null));
        long refund = happens(GUEST, new PurchaseRefunded(header(IN_MARCH), new EventId("p"), null, null));
        may();
        // They come when nothing so old is kept any more, and are completed after that too.
        long lateStart = happens(GUEST, new SessionStarted(header(IN_MARCH), null));
        long lateRefund = happens(GUEST, new PurchaseRefunded(header(IN_MARCH), new EventId("q"), null, null));
        assertThat(rows("event")).isZero();
        assertThat(rows("event_open")).isEqualTo(4);

        for (long each : List.of(start, lateStart)) {
            happens(
                    GUEST,
                    new SessionEnded(
                            header(IN_APRIL), null, new SessionEnded.KnownStart(each, IN_MARCH, 90_000 + each)));
        }
        for (long each : List.of(refund, lateRefund)) {
            SettledRefund settled = new SettledRefund(new EventId("r"), each, IN_MARCH, REFUND_MICROS);
            happens(GUEST, new PurchaseMade(header(IN_APRIL), "gems", "iap", new Money(USD, 7), List.of(settled)));
        }

        Summary march = summary(MARCH, MARCH);
        assertThat(march.meanSessionSeconds())
                .isEqualByComparingTo(
                        BigDecimal.valueOf(180_000 + start + lateStart, 3).divide(BigDecimal.TWO));
        assertThat(march.revenue().refundMicros()).isEqualTo(2 * REFUND_MICROS);
        assertThat(fed.reader
                        .dailyMetrics(
                                GAME,
                                MARCH,
                                MARCH,
                                new Filter(Set.of("ios"), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null))
                        .getFirst()
                        .revenue()
                        .refundMicros())
                .isEqualTo(2 * REFUND_MICROS);
        assertThat(rows("event_open")).isZero();
    }

    @Test
    void two_players_become_one_person_also_where_their_events_are_gone() {
        everythingIn(IN_MARCH);
        long start = happens(GUEST, new SessionStarted(header(IN_MARCH), null));
        everythingIn(IN_APRIL);
        happens(PERSON, new SessionStarted(header(IN_MARCH), 1_000L));
        may();
        LinkedToPlayer half = new LinkedToPlayer(header(IN_APRIL), new Pseudonym(stream(PERSON)));
        fed.flush(0, List.of(fed.link(half, stream(GUEST), GUEST, PERSON)));
        happens(GUEST, new SessionEnded(header(IN_APRIL), null, new SessionEnded.KnownStart(start, IN_MARCH, 1_000)));

        Summary both = summary(MARCH, APRIL);
        assertThat(List.of(both.players(), both.newPlayers(), both.payers(), both.dauSum()))
                .isEqualTo(List.of(1L, 1L, 1L, 2L));
        assertThat(both.revenue().iapMicros()).isEqualTo(14);
        Filter payers = new Filter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, true);
        assertThat(fed.reader.dailyMetrics(GAME, MARCH, MARCH, payers).getFirst())
                .satisfies(day -> assertThat(List.of(day.dau(), day.sessions())).isEqualTo(List.of(1L, 3L)))
                .satisfies(day -> assertThat(day.revenue().iapMicros()).isEqualTo(7));
        assertThat(fed.reader.activePlayers(GAME, APRIL).mau()).isOne();
    }

    @Test
    void another_zone_gives_up_the_days_whose_events_are_gone_and_says_so() {
        everythingIn(IN_MARCH);
        everythingIn(Instant.parse("2026-04-01T02:00:00Z"));
        everythingIn(IN_APRIL);
        may();
        zoneChangesTo("America/New_York");
        everythingIn(IN_MARCH.plusSeconds(1));

        LocalDate first = LocalDate.parse("2026-04-01");
        Instant firstAt = Instant.parse("2026-04-01T04:00:00Z");
        assertThat(fed.reader.freshness(GAME).daysFrom()).isEqualTo(first);
        assertThat(fed.reader.freshness(GAME).eventsFrom()).isEqualTo(firstAt);
        isNoLongerKept(() -> summary(MARCH, APRIL), firstAt);
        isNoLongerKept(() -> fed.reader.dailyMetrics(GAME, first.minusDays(1), APRIL, Filter.ALL), firstAt);
        isNoLongerKept(() -> fed.reader.activePlayers(GAME, APRIL), firstAt);
        isNoLongerKept(() -> hours(KEPT_FROM, IN_APRIL, null), firstAt);
        isNoLongerKept(() -> fed.reader.retention(GAME, MARCH, APRIL, List.of(1), null, Filter.ALL), firstAt);
        Summary kept = summary(first, APRIL);
        assertThat(List.of(kept.players(), kept.sessions(), kept.purchases(), kept.dauSum()))
                .isEqualTo(List.of(1L, 1L, 1L, 1L));
        assertThat(kept.newPlayers())
                .as("their first day is in March, in any zone")
                .isZero();
        assertThat(fed.reader.activePlayers(GAME, first.plusDays(29)).mau()).isOne();
        String lost =
                "Days before 2026-04-01 are not counted any more: their events were dropped before the time zone changed.";
        assertThat(occasions(null))
                .containsExactly(new Occasion(
                        Occasion.Reason.TIME_ZONE, GAME.value(), null, lost + " A replay brings them back."));
        assertThat(occasions(KEEP).getFirst().detail())
                .isEqualTo(lost + " A replay brings them back if the metrics run without keep-events-for while it is"
                        + " built and after.");
    }

    private List<Occasion> occasions(@Nullable Duration keep) {
        try {
            return new MetricsVersions(fed.database, new UpkeepSettings(null, keep, Duration.ofSeconds(1)))
                    .occasions(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void another_rule_of_who_is_active_needs_no_events() {
        happens(GUEST, new CustomReported(header(IN_MARCH), "open", null, Map.of()));
        happens(PERSON, new SessionStarted(header(IN_MARCH), null));
        may();
        configure(new GameChanged(GAME, "Kept", ZoneOffset.UTC, USD, ActiveBy.SESSION_START, MAY));

        assertThat(summary(MARCH, MARCH).players()).isOne();
        assertThat(fed.reader.freshness(GAME).daysFrom()).isNull();
    }

    @Test
    void a_game_all_of_whose_events_are_kept_is_counted_again_in_another_zone() {
        everythingIn(IN_APRIL);
        may();
        zoneChangesTo("Asia/Tokyo");

        assertThat(summary(MARCH, APRIL).sessions()).isOne();
        assertThat(fed.reader.freshness(GAME).daysFrom()).isNull();
        assertThat(occasions(null)).as("nothing a replay would count otherwise").isEmpty();
    }

    @Test
    void nothing_is_dropped_as_long_as_the_numbers_have_not_come_that_far() {
        everythingIn(IN_MARCH);
        fed.dropEvents(IN_APRIL, KEEP, 1);

        assertThat(rows("event")).isEqualTo(3);
        assertThat(hours(IN_MARCH, IN_APRIL, null).total()).isEqualByComparingTo("3");
    }

    @Test
    void events_cannot_be_kept_for_less_than_a_day() {
        assertThatThrownBy(() -> fed.expiry.expire(Duration.ofHours(23))).hasMessageContaining("keep=PT23H");
    }
}
