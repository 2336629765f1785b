package io.gamemetrics.queryside;

import io.gamemetrics.projections.metricsstore.ActivePlayers;
import io.gamemetrics.projections.metricsstore.DailyMetrics;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.EventName;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Freshness;
import io.gamemetrics.projections.metricsstore.Funnel;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.ItemRevenue;
import io.gamemetrics.projections.metricsstore.Measure;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.Retention;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.metricsstore.UnknownGameException;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Numbers that are what a test says: of two games, one of them called {@code intendo}. Remembers the last filter asked with. */
final class FixedNumbers implements MetricsReader {

    static final LocalDate DAY = LocalDate.of(2015, 1, 1);

    private static final Set<String> GAMES = Set.of("intendo", "other");

    final AtomicReference<@Nullable Position> position = new AtomicReference<>(new Position(7, 100));
    final AtomicReference<Filter> lastFilter = new AtomicReference<>(Filter.ALL);
    final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();
    final AtomicReference<@Nullable CountDownLatch> held = new AtomicReference<>();

    @Override
    public boolean knows(GameId game) {
        return GAMES.contains(game.value());
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(position.get())
                .map(at -> new Checkpoint(at, Instant.parse("2015-01-02T00:00:00Z"), 1, 0, 0));
    }

    @Override
    public Freshness freshness(GameId game) {
        check(game, Filter.ALL);
        return new Freshness(position.get(), Instant.parse("2015-01-02T00:00:00Z"), 20L, DAY.plusDays(1), null, null);
    }

    @Override
    public List<DailyMetrics> dailyMetrics(GameId game, LocalDate from, LocalDate to, Filter where) {
        check(game, where);
        List<DailyMetrics> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            days.add(new DailyMetrics(day, 3, 1, 4, ratio("61.5"), 2, 1, BigInteger.valueOf(1_663_333), revenue()));
        }
        return days;
    }

    @Override
    public Summary summary(GameId game, LocalDate from, LocalDate to, Filter where) {
        check(game, where);
        return new Summary(3, 1, 0, 4_000_000_000L, null, 0, 5_000_000_000L, BigInteger.TEN, null, revenue());
    }

    @Override
    public ActivePlayers activePlayers(GameId game, LocalDate day) {
        check(game, Filter.ALL);
        return new ActivePlayers(day, 1, 2, 3, ratio("0.333333"));
    }

    @Override
    public List<Series> metrics(
            GameId game,
            Metric metric,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where) {
        check(game, where);
        return List.of(series(by, from));
    }

    @Override
    public Retention retention(
            GameId game, LocalDate from, LocalDate to, List<Integer> days, @Nullable LocalDate through, Filter where) {
        check(game, where);
        List<Retention.Point> points = days.stream()
                .map(day -> new Retention.Point(day, 2, 1, ratio("0.5")))
                .toList();
        return new Retention(through, List.of(new Retention.Cohort(from, 2, points)), points);
    }

    @Override
    public Funnel funnel(
            GameId game,
            List<String> steps,
            Duration within,
            LocalDate from,
            LocalDate to,
            @Nullable Dimension by,
            Filter where) {
        check(game, where);
        List<Funnel.Step> answered = steps.stream()
                .map(step -> new Funnel.Step(step, by == null ? within.toDays() : 1, null, BigDecimal.ONE))
                .toList();
        return new Funnel(List.of(new Funnel.Series(by == null ? null : "SE", answered)));
    }

    @Override
    public List<ItemRevenue> revenueByItem(GameId game, LocalDate from, LocalDate to, int first) {
        check(game, Filter.ALL);
        return List.of(new ItemRevenue("gems5", "iap", new BigInteger("226741557000"), first, 1));
    }

    @Override
    public List<Series> eventMetrics(
            GameId game,
            String name,
            Measure measure,
            @Nullable String field,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where) {
        check(game, where);
        return List.of(series(by, from));
    }

    @Override
    public List<EventName> eventNames(GameId game) {
        check(game, Filter.ALL);
        return List.of(new EventName("purchase", false, 9, Instant.EPOCH, Instant.EPOCH));
    }

    private void check(GameId game, Filter where) {
        if (!knows(game)) {
            throw new UnknownGameException(game);
        }
        lastFilter.set(where);
        CountDownLatch latch = held.get();
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        RuntimeException failure = broken.get();
        if (failure != null) {
            throw failure;
        }
    }

    private static Revenue revenue() {
        Revenue.InCurrency dollars = new Revenue.InCurrency(
                Currency.getInstance("USD"), new BigInteger("9007199254740993"), BigInteger.TWO, BigInteger.ONE);
        return new Revenue(
                new BigInteger("9007199254740994"),
                dollars.iapMicros(),
                dollars.adMicros(),
                dollars.refundMicros(),
                List.of(dollars),
                List.of());
    }

    private static Series series(List<Dimension> by, Instant from) {
        return new Series(
                by.stream().map(dimension -> new Series.Label(dimension, "x")).toList(),
                new BigDecimal("12"),
                List.of(new Series.Point(from, DAY, null), new Series.Point(from, DAY, new BigDecimal("1E+3"))));
    }

    private static BigDecimal ratio(String value) {
        return new BigDecimal(value).setScale(6);
    }
}
