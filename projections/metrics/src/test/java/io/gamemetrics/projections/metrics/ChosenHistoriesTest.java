package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Freshness;
import io.gamemetrics.projections.metricsstore.Funnel;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.Retention;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What random histories hit too rarely, or say too little about when they do. */
class ChosenHistoriesTest {

    private static final GameId GAME = new GameId("chosen");
    private static final Currency USD = Currency.getInstance("USD");
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final LocalDate DAY = LocalDate.parse("2026-03-20");
    private static final Instant NOON = Instant.parse("2026-03-20T12:00:00Z");

    private final List<Placed> waiting = new ArrayList<>();
    private Fed fed;
    private long ids;

    @BeforeEach
    void game() {
        fed = new Fed(TestPostgres.newDatabase(), 2, 2);
        fed.flush(
                0,
                List.of(fed.place(
                        new GameCreated(GAME, "Chosen", KATHMANDU, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOON),
                        new UUID(0, 0),
                        -1)));
    }

    @AfterEach
    void close() {
        fed.close();
    }

    @Test
    void past_a_thousand_values_of_a_dimension_on_a_day_the_rest_is_other() {
        for (int version = 0; version < Dimension.VALUES_PER_DAY + 3; version++) {
            happened(1, NOON, version(version), "open");
        }
        happened(1, NOON.plus(Duration.ofDays(1)), version(Dimension.VALUES_PER_DAY + 2), "open");
        flush();

        List<Series> series = by(List.of(Dimension.APP_VERSION), Metric.EVENTS, 2);
        // Those with as many events are told apart by label: 0000 to 0999 are kept.
        assertThat(series.stream().map(s -> labels(s) + values(s))).containsExactly("(other)[3, 0]", "0000[1, 0]");
        assertThat(by(List.of(Dimension.APP_VERSION), Metric.DAU, 100).stream()
                        .filter(s -> labels(s).equals("(other)"))
                        .map(ChosenHistoriesTest::values))
                .containsExactly("[1, 0]");
        assertThat(fed.reader
                        .summary(GAME, DAY, DAY.plusDays(1), version("1002"))
                        .players())
                .as("a filter still finds what a chart folds")
                .isOne();
    }

    @Test
    void on_a_day_with_a_thousand_values_each_has_its_own_line() {
        for (int version = 0; version < Dimension.VALUES_PER_DAY; version++) {
            happened(1, NOON, version(version), "open");
        }
        flush();

        assertThat(by(List.of(Dimension.APP_VERSION), Metric.EVENTS, 100).stream()
                        .map(ChosenHistoriesTest::labels))
                .doesNotContain("(other)");
    }

    @Test
    void two_dimensions_give_a_line_for_each_pair_that_occurred() {
        happened(1, NOON, new Dimensions("ios", "SE", null, Map.of()), "open");
        happened(1, NOON, new Dimensions("ios", "JP", null, Map.of()), "open");
        happened(2, NOON, new Dimensions("ios", "SE", null, Map.of()), "open");
        happened(3, NOON, new Dimensions(null, "SE", null, Map.of()), "open");
        flush();

        assertThat(by(List.of(Dimension.PLATFORM, Dimension.COUNTRY), Metric.DAU, 10).stream()
                        .map(s -> labels(s) + " " + s.total()))
                .containsExactly("ios SE 2", "(none) SE 1", "ios JP 1");
        assertThat(by(List.of(Dimension.COUNTRY, Dimension.PLATFORM), Metric.DAU, 1).stream()
                        .map(ChosenHistoriesTest::labels))
                .containsExactly("SE ios");
    }

    @Test
    void freshness_is_that_of_the_partition_furthest_behind() {
        assertThat(fed.reader.freshness(GAME).position())
                .as("partition 1 never moved")
                .isNull();

        fed.flush(1, List.of());
        happened(1, NOON, Dimensions.NONE, "open");
        LocalDate before = LocalDate.now(KATHMANDU);
        flush();
        Freshness freshness = fed.reader.freshness(GAME);

        assertThat(Objects.requireNonNull(freshness.position()).number()).isEqualTo(1);
        assertThat(freshness.asOf()).isEqualTo(Instant.EPOCH);
        assertThat(Objects.requireNonNull(freshness.lagMillis())).isGreaterThan(NOON.toEpochMilli());
        assertThat(freshness.openDay()).isBetween(before, LocalDate.now(KATHMANDU));
    }

    @Test
    void halves_are_rounded_up() {
        for (int player = 1; player <= 3; player++) {
            happened(player, NOON, Dimensions.NONE, "open");
        }
        happened(1, NOON.plus(Duration.ofDays(1)), Dimensions.NONE, "open");
        happened(2, NOON.plus(Duration.ofDays(1)), Dimensions.NONE, "open");
        for (int session = 0; session < 16; session++) {
            place(1, new SessionStarted(header(NOON, Dimensions.NONE), session == 0 ? 1L : 0L));
        }
        place(1, new PurchaseMade(header(NOON, Dimensions.NONE), "gems", "iap", new Money(USD, 3), List.of()));
        place(2, new PurchaseMade(header(NOON, Dimensions.NONE), "gems", "iap", new Money(USD, 2), List.of()));
        place(3, new PurchaseMade(header(NOON, Dimensions.NONE), "free", "iap", new Money(USD, 0), List.of()));
        place(1, new AdViewed(header(NOON, Dimensions.NONE), "net", "top", new Money(USD, 5)));
        flush();

        Summary summary = fed.reader.summary(GAME, DAY, DAY.plusDays(1), Filter.ALL);
        assertThat(summary.arpdauMicros()).as("10 / 5 in all").isEqualTo(BigInteger.TWO);
        assertThat(summary.arppuMicros())
                .as("5 / 2: who paid nothing is no payer")
                .isEqualTo(BigInteger.valueOf(3));
        assertThat(summary.meanSessionSeconds()).as("1 ms in 16 sessions").isEqualTo(new BigDecimal("0.000063"));
        assertThat(fed.reader
                        .dailyMetrics(GAME, DAY, DAY, Filter.ALL)
                        .getFirst()
                        .arpdauMicros())
                .as("10 / 3")
                .isEqualTo(BigInteger.valueOf(3));
        assertThat(fed.reader.activePlayers(GAME, DAY.plusDays(1)).stickiness()).isEqualTo(new BigDecimal("0.666667"));
        Retention retention = fed.reader.retention(GAME, DAY, DAY, List.of(1), null, Filter.ALL);
        assertThat(retention.summary().getFirst().rate()).isEqualTo(new BigDecimal("0.666667"));
    }

    @Test
    void a_funnel_takes_the_steps_in_order_and_in_time() {
        steps(1, "open", 0, "buy", 3_600);
        steps(2, "open", 0, "buy", 3_601);
        steps(3, "buy", 0, "open", 10);
        steps(4, "open", 0, "open", 600, "buy", 4_200);
        steps(5, "open", 0, "buy", 0, "buy", 1);
        steps(6, "buy", 5);
        flush();

        assertThat(funnel("open", "buy")).containsExactly("open 5 1.000000 1.000000", "buy 3 0.600000 0.600000");
        assertThat(funnel("open", "buy", "buy"))
                .as("one event is one step")
                .containsExactly("open 5 1.000000 1.000000", "buy 3 0.600000 0.600000", "buy 1 0.200000 0.333333");
        assertThat(funnel("nothing", "buy")).containsExactly("nothing 0 null null", "buy 0 null null");
    }

    private List<String> funnel(String... steps) {
        Funnel funnel = fed.reader.funnel(GAME, List.of(steps), Duration.ofHours(1), DAY, DAY, null, Filter.ALL);
        return funnel.series().getFirst().steps().stream()
                .map(step -> step.name() + " " + step.players() + " " + step.ofFirst() + " " + step.ofPrevious())
                .toList();
    }

    /** Names and seconds after noon, in turn. */
    private void steps(int player, Object... namesAndSeconds) {
        for (int place = 0; place < namesAndSeconds.length; place += 2) {
            happened(player, NOON.plusSeconds((Integer) namesAndSeconds[place + 1]), Dimensions.NONE, (String)
                    namesAndSeconds[place]);
        }
    }

    private List<Series> by(List<Dimension> dimensions, Metric metric, int top) {
        Instant from = DAY.atStartOfDay(KATHMANDU).toInstant();
        return fed.reader.metrics(
                GAME, metric, Granularity.DAY, from, from.plus(Duration.ofDays(2)), dimensions, top, Filter.ALL);
    }

    private static String labels(Series series) {
        return String.join(
                " ", series.labels().stream().map(Series.Label::value).toList());
    }

    private static String values(Series series) {
        return series.points().stream().map(Series.Point::value).toList().toString();
    }

    private static Dimensions version(int version) {
        return new Dimensions(null, null, String.format("%04d", version), Map.of());
    }

    private static Filter version(String version) {
        return new Filter(Set.of(), Set.of(), Set.of(version), Set.of(), Set.of(), null, null, null);
    }

    private void happened(int player, Instant at, Dimensions dimensions, String name) {
        place(player, new CustomReported(header(at, dimensions), name, null, Map.of()));
    }

    private EventHeader header(Instant at, Dimensions dimensions) {
        return new EventHeader(new EventId("e" + ids++), at, null, dimensions, false);
    }

    private void place(int player, Object event) {
        waiting.add(fed.place(event, new UUID(1, player), player));
    }

    private void flush() {
        fed.flush(0, waiting);
        waiting.clear();
    }
}
