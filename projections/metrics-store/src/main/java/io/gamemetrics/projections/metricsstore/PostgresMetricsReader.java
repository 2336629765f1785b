package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers each {@link Question} from the version of the tables that is asked now. */
final class PostgresMetricsReader implements MetricsReader {

    private final DataSource dataSource;
    private final IntSupplier version;
    private final String projection;
    private final int partitions;
    private final Clock clock;

    /** Whether charts are made in advance; not known before the first question about one. */
    private volatile @Nullable Boolean charts;

    PostgresMetricsReader(DataSource dataSource, IntSupplier version, String projection, int partitions, Clock clock) {
        this.dataSource = dataSource;
        this.version = version;
        this.projection = projection;
        this.partitions = partitions;
        this.clock = clock;
    }

    private <T> T ask(GameId gameId, Question<T> question) {
        return Question.ask(schema(), gameId, question);
    }

    private ModelSchema schema() {
        return MetricsSchema.of(dataSource, version.getAsInt());
    }

    private Optional<Checkpoint> least(ModelSchema schema, Connection connection) throws SQLException {
        return new PostgresCheckpoints(schema.name(), projection).least(connection, partitions);
    }

    @Override
    public boolean knows(GameId game) {
        try (Connection connection = schema().connect()) {
            return GameSettings.find(connection, game) != null;
        } catch (SQLException e) {
            throw new MetricsStoreException("question not answered: gameId=" + game, e);
        }
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        ModelSchema schema = schema();
        try (Connection connection = schema.connect()) {
            return least(schema, connection);
        } catch (SQLException e) {
            throw new MetricsStoreException("checkpoints not read", e);
        }
    }

    @Override
    public Freshness freshness(GameId gameId) {
        ModelSchema schema = schema();
        return Question.ask(schema, gameId, (connection, game, kept) -> {
            Checkpoint least = least(schema, connection).orElse(null);
            Instant now = clock.instant();
            Instant eventsFrom = Kept.eventsFrom(connection, game);
            return least == null
                    ? new Freshness(null, null, null, game.dayOf(now), eventsFrom, game.daysFrom())
                    : new Freshness(
                            least.position(),
                            least.asOf(),
                            Math.max(0, Duration.between(least.asOf(), now).toMillis()),
                            game.dayOf(now),
                            eventsFrom,
                            game.daysFrom());
        });
    }

    @Override
    public List<DailyMetrics> dailyMetrics(GameId gameId, LocalDate from, LocalDate to, Filter where) {
        Limits.days(from, to);
        return ask(gameId, (connection, game, kept) -> {
            kept.days(from);
            Map<LocalDate, Figures> days = days(connection, game, from, to, where);
            return from.datesUntil(to.plusDays(1))
                    .map(day -> days.getOrDefault(day, new Figures()).daily(day))
                    .toList();
        });
    }

    private static Map<LocalDate, Figures> days(
            Connection connection, GameRow game, LocalDate from, LocalDate to, Filter where) throws SQLException {
        if (where.isAll()) {
            return new SetQuery(connection, game).days(from, to);
        }
        Map<LocalDate, Figures> days = new HashMap<>();
        line(connection, game, from, to, where).forEach((bucket, figures) -> days.put(from.plusDays(bucket), figures));
        return days;
    }

    private static Map<Integer, Figures> line(
            Connection connection, GameRow game, LocalDate from, LocalDate to, Filter where) throws SQLException {
        Buckets buckets = Buckets.ofDays(from, to, game);
        return new FigureQuery(connection, game, buckets, List.of(), where)
                .run()
                .getOrDefault(List.of(), Map.of());
    }

    @Override
    public Summary summary(GameId gameId, LocalDate from, LocalDate to, Filter where) {
        Limits.days(from, to);
        return ask(gameId, (connection, game, kept) -> {
            kept.days(from);
            if (where.isAll()) {
                SetQuery sets = new SetQuery(connection, game);
                long dauSum = sets.days(from, to).values().stream()
                        .mapToLong(day -> day.active)
                        .sum();
                return sets.total(from, to).summary(dauSum);
            }
            Map<Integer, Figures> line = line(connection, game, from, to, where);
            long dauSum = line.entrySet().stream()
                    .filter(entry -> entry.getKey() != FigureQuery.TOTAL)
                    .mapToLong(entry -> entry.getValue().active)
                    .sum();
            return line.getOrDefault(FigureQuery.TOTAL, new Figures()).summary(dauSum);
        });
    }

    @Override
    public ActivePlayers activePlayers(GameId gameId, LocalDate day) {
        return ask(gameId, (connection, game, kept) -> {
            kept.days(day.minusDays(29));
            return new SetQuery(connection, game).activePlayers(day);
        });
    }

    @Override
    public List<Series> metrics(
            GameId gameId,
            Metric metric,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where) {
        Limits.series(by, top);
        return ask(gameId, (connection, game, kept) -> {
            Buckets buckets = Buckets.of(granularity, from, to, game);
            if (buckets.wholeDays()) {
                kept.days(buckets.days().getFirst());
            } else {
                kept.events(buckets.from(), buckets.to());
            }
            Map<List<String>, Map<Integer, BigDecimal>> lines = new HashMap<>();
            boolean sums = !buckets.wholeDays() && ChartQuery.answers(metric, by, where);
            (sums
                            ? new ChartQuery(connection, game, buckets, by, where).run(layers(connection, buckets))
                            : new FigureQuery(connection, game, buckets, by, where).run())
                    .forEach((labels, figures) -> figures.forEach((bucket, counted) -> {
                        BigDecimal value = counted.value(metric);
                        if (value != null) {
                            lines.computeIfAbsent(labels, key -> new HashMap<>())
                                    .put(bucket, value);
                        }
                    }));
            return Lines.series(lines, by, top, buckets, new Figures().value(metric));
        });
    }

    @Override
    public List<Series> eventMetrics(
            GameId gameId,
            String name,
            Measure measure,
            @Nullable String field,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where) {
        Limits.series(by, top);
        return ask(gameId, (connection, game, kept) -> {
            Buckets buckets = Buckets.of(granularity, from, to, game);
            kept.events(buckets.from(), buckets.to());
            NameQuery events = NameQuery.find(connection, game, name);
            return Lines.series(
                    new EventQuery(connection, game, events, measure, field, buckets, layers(connection, buckets))
                            .run(by, where),
                    by,
                    top,
                    buckets,
                    EventQuery.nothing(measure));
        });
    }

    private ChartLayers layers(Connection connection, Buckets buckets) throws SQLException {
        Boolean known = charts;
        if (known == null) {
            known = MetricsSchema.engine(connection) == MetricsSchema.Engine.TIMESCALEDB;
            charts = known;
        }
        return known ? ChartLayers.read(connection, buckets) : ChartLayers.ofEvents(buckets);
    }

    @Override
    public Retention retention(
            GameId gameId,
            LocalDate from,
            LocalDate to,
            List<Integer> days,
            @Nullable LocalDate through,
            Filter where) {
        Limits.days(from, to);
        Limits.retention(days);
        return ask(gameId, (connection, game, kept) -> {
            kept.days(from);
            SetQuery sets = new SetQuery(connection, game);
            LocalDate last = through == null ? sets.lastActiveDay() : through;
            return SetQuery.assemble(
                    where.isAll() ? sets.retention(from, to, days, last) : sets.retention(from, to, days, last, where),
                    from,
                    to,
                    days,
                    last);
        });
    }

    @Override
    public Funnel funnel(
            GameId gameId,
            List<String> steps,
            Duration within,
            LocalDate from,
            LocalDate to,
            @Nullable Dimension by,
            Filter where) {
        Limits.days(from, to);
        Limits.funnel(steps, within);
        return ask(gameId, (connection, game, kept) -> {
            Buckets days = Buckets.ofDays(from, to, game);
            kept.events(days.from(), days.to());
            return new FunnelQuery(steps, within, days).run(connection, game, by, where);
        });
    }

    @Override
    public List<ItemRevenue> revenueByItem(GameId gameId, LocalDate from, LocalDate to, int first) {
        Limits.days(from, to);
        Limits.atLeastOne("first", first);
        return ask(gameId, (connection, game, kept) -> {
            Buckets days = Buckets.ofDays(from, to, game);
            kept.events(days.from(), days.to());
            return new ItemQuery(connection, game, days).run(first);
        });
    }

    @Override
    public List<EventName> eventNames(GameId gameId) {
        return ask(gameId, (connection, game, kept) -> NameQuery.all(connection, game));
    }
}
