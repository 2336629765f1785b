package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.metricsstore.ActivePlayers;
import io.gamemetrics.projections.metricsstore.DailyMetrics;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.EventName;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Freshness;
import io.gamemetrics.projections.metricsstore.Funnel;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Measure;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.NoLongerKeptException;
import io.gamemetrics.projections.metricsstore.Retention;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every engine the metrics may stand on has to answer: what the oracle answers, whatever the history. */
abstract class MetricsContract {

    private static final LocalDate FROM = LocalDate.parse("2026-03-18");
    private static final LocalDate TO = LocalDate.parse("2026-04-12");

    /** Seen from then, this long ago was in April; what occurred in March is dropped. */
    private static final Instant LATER = Instant.parse("2026-05-05T00:00:00Z");

    private static final Duration KEEP = Duration.ofDays(30);
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final List<String> NAMES =
            List.of("session_started", "purchase", "level:up", "open", "score_submitted", "nothing");

    /** A new, empty database. */
    abstract String newDatabase();

    /** How many partitions may write at once. */
    abstract int writers();

    abstract int histories();

    abstract int manyHistories();

    @Test
    void any_history_gives_the_oracles_answers_whatever_the_order_of_arrival() {
        answersOf(histories(), 4_711, false);
    }

    @Test
    void what_is_kept_gives_the_oracles_answers_when_events_are_dropped_on_the_way() {
        answersOf(histories(), 1_174, true);
    }

    @Test
    @Tag("faults")
    void many_more_histories_give_the_oracles_answers_when_events_are_dropped_on_the_way() {
        answersOf(manyHistories(), System.nanoTime(), true);
    }

    @Test
    @Tag("faults")
    void many_more_histories_give_the_oracles_answers() {
        answersOf(manyHistories(), System.nanoTime(), false);
    }

    /** Every failure names its seed; {@code -Dseed} begins with it. */
    private void answersOf(int histories, long first, boolean expiring) {
        for (int round = 0; round < histories; round++) {
            long seed = Long.getLong("seed", first) + round;
            try (Fed fed = new Fed(newDatabase(), 2 * writers(), History.PARTITIONS)) {
                if (round % 2 == 1) {
                    fed.splitInTwo();
                }
                History history = new History(seed, fed, 60 + 60 * (round % 3));
                deliver(fed, history, expiring);
                // Some of the charts are behind what came last.
                new Check(seed, fed, history).all();
                if (fed.charts.areMade()) {
                    fed.charts.make();
                    new Check(seed, fed, history).charts();
                }
            }
        }
    }

    private void deliver(Fed fed, History history, boolean expiring) {
        List<CompletableFuture<Void>> partitions = new ArrayList<>();
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            int number = partition;
            Random random = new Random(history.random.nextLong());
            Runnable all = () -> deliver(fed, number, history.byPartition.get(number), random, expiring);
            if (writers() > 1) {
                // The common pool has one thread on two cores.
                partitions.add(CompletableFuture.runAsync(all, Thread::startVirtualThread));
            } else {
                all.run();
            }
        }
        partitions.forEach(CompletableFuture::join);
        if (expiring) {
            fed.dropEvents(LATER, KEEP, History.PARTITIONS);
            assertThat(fed.expiry.keptFrom()).isEqualTo(APRIL);
        }
    }

    /** In batches of any size; some are delivered again, by an instance that does not know that it lost the partition. */
    private static void deliver(Fed fed, int partition, List<Placed> events, Random random, boolean expiring) {
        int done = 0;
        while (done < events.size()) {
            int end = Math.min(events.size(), done + 1 + random.nextInt(expiring ? 10 : 50));
            List<Placed> batch = events.subList(done, end);
            Checkpoint before = fed.checkpoint(partition);
            fed.flush(partition, batch);
            if (random.nextInt(4) == 0) {
                Checkpoint after = Objects.requireNonNull(fed.checkpoint(partition));
                assertThatThrownBy(() -> fed.flush(partition, batch, before, after))
                        .isInstanceOf(CheckpointMovedException.class);
            }
            if (random.nextInt(3) == 0) {
                fed.charts.make();
            }
            if (random.nextInt(6) == 0) {
                fed.compression.compress(History.BEGINNING.plus(Duration.ofDays(random.nextInt(60))));
            }
            if (expiring && random.nextInt(4) == 0) {
                fed.asOf = LATER;
                fed.expiry.expire(KEEP);
            }
            done = end;
        }
    }

    /** Compares every question's answer with the oracle's. */
    private static final class Check {

        private final long seed;
        private final Fed fed;
        private final Random random;
        private final Oracle oracle;

        /** The first day that is counted. */
        private final LocalDate from;

        /** When the first event occurred that is kept. */
        private final Instant eventsFrom;

        /** The first day whose events are kept. */
        private final LocalDate eventDay;

        Check(long seed, Fed fed, History history) {
            this.seed = seed;
            this.fed = fed;
            this.random = history.random;
            this.oracle = new Oracle(history.people(), history.zone, history.anyEvent, history.rates);
            Freshness kept = fed.reader.freshness(History.ID);
            this.from = kept.daysFrom() == null ? FROM : kept.daysFrom();
            this.eventsFrom = kept.eventsFrom() == null || kept.eventsFrom().isBefore(History.BEGINNING)
                    ? History.BEGINNING
                    : kept.eventsFrom();
            this.eventDay = eventsFrom.equals(History.BEGINNING)
                    ? FROM
                    : oracle.day(eventsFrom).plusDays(1);
        }

        void all() {
            for (Filter where : List.of(
                    Filter.ALL,
                    filter(Set.of("ios"), Set.of(), Set.of(), null, null),
                    filter(Set.of(), Set.of("gate:a", "(none)"), Set.of(), null, null),
                    filter(Set.of("(none)", "android"), Set.of(), Set.of("google", "(none)"), null, null),
                    filter(Set.of(), Set.of(), Set.of(), true, null),
                    filter(Set.of(), Set.of("shop:new"), Set.of(), false, FROM.plusDays(4)))) {
                days(where);
                retention(where);
                funnel(where, null);
                charts(where);
            }
            activePlayers();
            items();
            names();
            for (Dimension dimension : Dimension.values()) {
                split(dimension);
            }
        }

        void charts() {
            charts(Filter.ALL);
            charts(filter(Set.of("ios"), Set.of("gate:a", "(none)"), Set.of(), null, null));
            split(Dimension.PLATFORM);
            split(Dimension.EXPERIMENT);
        }

        private static Filter filter(
                Set<String> platforms,
                Set<String> experiments,
                Set<String> acquisitions,
                @Nullable Boolean payer,
                @Nullable LocalDate cohortFrom) {
            return new Filter(platforms, Set.of(), Set.of(), experiments, acquisitions, cohortFrom, null, payer);
        }

        private String of(Object what) {
            return "seed=" + seed + " " + what;
        }

        private void days(Filter where) {
            long dauSum = 0;
            long fresh = 0;
            for (DailyMetrics day : fed.reader.dailyMetrics(History.ID, from, TO, where)) {
                Oracle.Counted expected =
                        oracle.count(where, at -> oracle.day(at).equals(day.day()));
                assertThat(text(day)).as(of(where)).isEqualTo(text(day.day(), expected));
                dauSum += expected.active();
                fresh += expected.fresh();
            }
            Oracle.Counted all = oracle.count(where, at -> within(oracle.day(at)));
            Summary summary = fed.reader.summary(History.ID, from, TO, where);
            assertThat(summary.dauSum()).as(of(where)).isEqualTo(dauSum);
            assertThat(summary.newPlayers()).as(of(where)).isEqualTo(fresh);
            assertThat(text(FROM, all))
                    .as(of(where))
                    .isEqualTo(FROM + " " + summary.players() + " " + all.fresh() + " " + summary.sessions()
                            + " " + summary.meanSessionSeconds() + " " + summary.purchases() + " " + summary.payers()
                            + " " + text(summary.revenue()));
        }

        private boolean within(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(TO);
        }

        private static String text(DailyMetrics day) {
            return day.day() + " " + day.dau() + " " + day.newPlayers() + " " + day.sessions() + " "
                    + day.meanSessionSeconds() + " " + day.purchases() + " " + day.payers() + " " + text(day.revenue());
        }

        private static String text(LocalDate day, Oracle.Counted c) {
            return day + " " + c.active() + " " + c.fresh() + " " + c.sessions() + " " + c.meanSeconds() + " "
                    + c.purchases() + " " + c.payers() + " "
                    + c.iap().add(c.ads()).subtract(c.refunds()) + " " + c.iap()
                    + " " + c.ads() + " " + c.refunds() + " [" + c.byCurrency() + "] [" + c.unconverted() + "]";
        }

        private static String text(Revenue r) {
            return r.totalMicros() + " " + r.iapMicros() + " " + r.adMicros() + " " + r.refundMicros() + " ["
                    + text(r.byCurrency()) + "] [" + text(r.unconverted()) + "]";
        }

        private static String text(List<Revenue.InCurrency> amounts) {
            return amounts.stream()
                    .map(a -> a.currency() + "=" + a.iapMicros() + "," + a.adMicros() + "," + a.refundMicros())
                    .collect(Collectors.joining(" "));
        }

        private void activePlayers() {
            if (!from.equals(FROM)) {
                assertThatThrownBy(() -> fed.reader.activePlayers(History.ID, TO))
                        .isInstanceOf(NoLongerKeptException.class);
                return;
            }
            FROM.datesUntil(TO).forEach(day -> {
                ActivePlayers active = fed.reader.activePlayers(History.ID, day);
                assertThat(List.of(active.dau(), active.wau(), active.mau()))
                        .as(of(day))
                        .isEqualTo(List.of(
                                oracle.active(Filter.ALL, day, day),
                                oracle.active(Filter.ALL, day.minusDays(6), day),
                                oracle.active(Filter.ALL, day.minusDays(29), day)));
            });
        }

        private void retention(Filter where) {
            List<Integer> days = List.of(1, 0, 3, 7);
            LocalDate through = random.nextBoolean() ? null : FROM.plusDays(random.nextInt(25));
            Retention retention = fed.reader.retention(History.ID, from, TO, days, through, where);
            LocalDate last = through == null ? oracle.lastActiveDay() : through;
            assertThat(retention.through()).as(of(where)).isEqualTo(last);
            long[] observed = new long[days.size()];
            long[] returned = new long[days.size()];
            for (Retention.Cohort cohort : retention.cohorts()) {
                for (int place = 0; place < days.size(); place++) {
                    long[] expected = oracle.cohort(where, cohort.cohortDay(), days.get(place));
                    assertThat(cohort.size()).as(of(where)).isEqualTo(expected[0]);
                    boolean seen = last != null
                            && !cohort.cohortDay().plusDays(days.get(place)).isAfter(last);
                    Retention.Point point = cohort.points().get(place);
                    assertThat(List.of(point.observed(), point.returned()))
                            .as(of(where + " " + cohort.cohortDay() + "+" + days.get(place)))
                            .isEqualTo(List.of(seen ? expected[0] : 0, seen ? expected[1] : 0));
                    observed[place] += point.observed();
                    returned[place] += point.returned();
                }
            }
            for (int place = 0; place < days.size(); place++) {
                assertThat(retention.summary().get(place).observed()).isEqualTo(observed[place]);
                assertThat(retention.summary().get(place).returned()).isEqualTo(returned[place]);
            }
        }

        private void funnel(Filter where, @Nullable Dimension by) {
            List<String> steps = List.of("session_started", "open", "session_started", "purchase");
            Duration within = Duration.ofHours(random.nextInt(300));
            LocalDate to = eventDay.plusDays(15);
            Funnel funnel = fed.reader.funnel(History.ID, steps, within, eventDay, to, by, where);
            for (Funnel.Series series : funnel.series()) {
                Filter narrowed = by == null ? where : with(by, String.valueOf(series.value()));
                if (narrowed != null) {
                    assertThat(series.steps().stream()
                                    .mapToLong(Funnel.Step::players)
                                    .toArray())
                            .as(of(where + " " + within + " " + series.value()))
                            .isEqualTo(oracle.funnel(narrowed, steps, within, eventDay, to));
                }
            }
        }

        private void items() {
            assertThat(fed.reader.revenueByItem(History.ID, eventDay, TO, 50).stream()
                            .map(i -> i.itemId() + " " + i.revenueMicros() + " " + i.purchases() + " " + i.payers()))
                    .as(of("items"))
                    .isEqualTo(oracle.items(eventDay, TO));
        }

        private void names() {
            List<Fact> facts = oracle.under(Filter.ALL);
            assertThat(fed.reader.eventNames(History.ID).stream()
                            .collect(Collectors.toMap(n -> n.name() + n.custom(), EventName::events)))
                    .as(of("names"))
                    .isEqualTo(facts.stream()
                            .collect(Collectors.groupingBy(f -> f.type() + f.custom(), Collectors.counting())));
        }

        private void charts(Filter where) {
            Instant from = eventsFrom.plusSeconds(random.nextInt(500_000));
            for (Granularity granularity : Granularity.values()) {
                Instant to = from.plusSeconds(granularity == Granularity.MINUTE ? 40_000 : 900_000);
                for (int some = 0; some < 4; some++) {
                    Metric metric = List.of(Metric.values()).get(random.nextInt(Metric.values().length));
                    Series series = fed.reader
                            .metrics(History.ID, metric, granularity, from, to, List.of(), 1, where)
                            .getFirst();
                    points(series, to, when -> value(metric, oracle.count(where, when)), metric + " " + where);
                }
                events(NAMES.get(random.nextInt(NAMES.size())), granularity, from, to, where, List.of());
            }
        }

        private interface Expected {
            @Nullable
            BigDecimal of(Predicate<Instant> when);
        }

        private void points(Series series, Instant to, Expected expected, String what) {
            Instant first = series.points().getFirst().from();
            if (what.startsWith(Metric.NEW_PLAYERS.name())) {
                // New is who is active under the filter in the bucket of their first activity: a sum over buckets.
                same(
                        series.total(),
                        series.points().stream()
                                .map(point -> Objects.requireNonNull(point.value()))
                                .reduce(BigDecimal.ZERO, BigDecimal::add),
                        what + " total");
            } else {
                same(series.total(), expected.of(at -> !at.isBefore(first) && at.isBefore(to)), what + " total");
            }
            for (int place = 0; place < series.points().size(); place += 1 + random.nextInt(25)) {
                Instant from = series.points().get(place).from();
                Instant next = place + 1 < series.points().size()
                        ? series.points().get(place + 1).from()
                        : to;
                same(
                        series.points().get(place).value(),
                        expected.of(at -> !at.isBefore(from) && at.isBefore(next)),
                        what + " " + from);
            }
        }

        private void same(@Nullable BigDecimal answer, @Nullable BigDecimal expected, String what) {
            assertThat(answer == null ? null : answer.stripTrailingZeros())
                    .as(of(what))
                    .isEqualTo(expected == null ? null : expected.stripTrailingZeros());
        }

        private static @Nullable BigDecimal value(Metric metric, Oracle.Counted c) {
            var total = c.iap().add(c.ads()).subtract(c.refunds());
            return switch (metric) {
                case DAU -> BigDecimal.valueOf(c.active());
                case NEW_PLAYERS -> BigDecimal.valueOf(c.fresh());
                case EVENTS -> BigDecimal.valueOf(c.events());
                case SESSIONS -> BigDecimal.valueOf(c.sessions());
                case MEAN_SESSION_SECONDS -> c.meanSeconds();
                case PURCHASES -> BigDecimal.valueOf(c.purchases());
                case PAYERS -> BigDecimal.valueOf(c.payers());
                case REVENUE -> new BigDecimal(total);
                case IAP_REVENUE -> new BigDecimal(c.iap());
                case AD_REVENUE -> new BigDecimal(c.ads());
                case REFUNDS -> new BigDecimal(c.refunds());
                case ARPDAU -> per(new BigDecimal(total), c.active());
                case ARPPU -> per(new BigDecimal(c.iap()), c.payers());
            };
        }

        private static @Nullable BigDecimal per(BigDecimal micros, long heads) {
            return heads == 0 ? null : micros.divide(BigDecimal.valueOf(heads), 0, java.math.RoundingMode.HALF_UP);
        }

        private void events(
                String name, Granularity granularity, Instant from, Instant to, Filter where, List<Dimension> by) {
            for (Measure measure : Measure.values()) {
                String field = measure == Measure.COUNT || random.nextBoolean() ? null : "gold";
                for (Series series : fed.reader.eventMetrics(
                        History.ID, name, measure, field, granularity, from, to, by, 100, where)) {
                    Filter narrowed = by.isEmpty()
                            ? where
                            : with(by.getFirst(), series.labels().getFirst().value());
                    if (narrowed != null) {
                        points(
                                series,
                                to,
                                when -> measured(name, measure, field, narrowed, when),
                                name + " " + measure + " " + narrowed);
                    }
                }
            }
        }

        private @Nullable BigDecimal measured(
                String name, Measure measure, @Nullable String field, Filter where, Predicate<Instant> when) {
            List<Fact> facts = oracle.under(where).stream()
                    .filter(f -> f.type().equals(name) && when.test(f.at()))
                    .toList();
            List<BigDecimal> values = facts.stream()
                    .map(f -> field == null ? f.value() : f.fields().get(field))
                    .filter(value -> value != null)
                    .toList();
            BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return switch (measure) {
                case COUNT -> BigDecimal.valueOf(facts.size());
                case PLAYERS ->
                    BigDecimal.valueOf(facts.stream()
                            .map(Fact::player)
                            .filter(p -> p >= 0)
                            .distinct()
                            .count());
                case SUM_VALUE -> sum;
                case MEAN_VALUE ->
                    values.isEmpty()
                            ? null
                            : sum.divide(BigDecimal.valueOf(values.size()), 6, java.math.RoundingMode.HALF_UP);
            };
        }

        /** Each series is what the same question with a filter on its value gives, and no value is missing. */
        private void split(Dimension dimension) {
            Instant from = eventsFrom.plusSeconds(3_600);
            Instant to = from.plus(Duration.ofDays(12));
            for (Granularity granularity : List.of(Granularity.DAY, Granularity.HOUR)) {
                List<Series> all = fed.reader.metrics(
                        History.ID, Metric.EVENTS, granularity, from, to, List.of(dimension), 100, Filter.ALL);
                assertThat(all.stream().map(s -> s.labels().getFirst().value()))
                        .as(of(dimension))
                        .containsExactlyInAnyOrderElementsOf(oracle.under(Filter.ALL).stream()
                                .filter(f -> f.player() >= 0 && !f.at().isBefore(from) && f.at().isBefore(to))
                                .flatMap(f -> f.labels(dimension, oracle.person(f)).stream())
                                .collect(Collectors.toSet()));
                for (Metric metric : List.of(Metric.DAU, Metric.NEW_PLAYERS, Metric.REVENUE, Metric.SESSIONS)) {
                    for (Series series : fed.reader.metrics(
                            History.ID, metric, granularity, from, to, List.of(dimension), 100, Filter.ALL)) {
                        Filter narrowed =
                                with(dimension, series.labels().getFirst().value());
                        if (narrowed != null) {
                            points(
                                    series,
                                    to,
                                    when -> value(metric, oracle.count(narrowed, when)),
                                    metric + " " + narrowed);
                        }
                    }
                }
                events("level:up", granularity, from, to, Filter.ALL, List.of(dimension));
            }
            funnel(Filter.ALL, dimension);
        }

        /** A filter on one value; null where there is none for it. */
        private static @Nullable Filter with(Dimension dimension, String value) {
            Set<String> one = Set.of(value);
            Set<String> none = Set.of();
            return switch (dimension) {
                case PLATFORM -> new Filter(one, none, none, none, none, null, null, null);
                case COUNTRY -> new Filter(none, one, none, none, none, null, null, null);
                case APP_VERSION -> new Filter(none, none, one, none, none, null, null, null);
                case EXPERIMENT -> new Filter(none, none, none, one, none, null, null, null);
                case ACQUISITION -> new Filter(none, none, none, none, one, null, null, null);
                case COHORT_DAY ->
                    value.equals("(none)")
                            ? null
                            : new Filter(
                                    none, none, none, none, none, LocalDate.parse(value), LocalDate.parse(value), null);
                case PAYER ->
                    value.equals("(none)")
                            ? null
                            : new Filter(none, none, none, none, none, null, null, Boolean.valueOf(value));
            };
        }
    }
}
