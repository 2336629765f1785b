package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers every question about a game's metrics, exactly, as of one moment: an answer never mixes two states. Days are
 * local days of the game; ranges of days include both ends; ranges of instants include only the first.
 *
 * <p>A series for a value of a dimension equals the same question with a filter on that value. Safe for concurrent use.
 * Every method but {@link #knows} and {@link #checkpoint} throws {@link UnknownGameException} for a game the projection has not heard of, and
 * {@link IllegalArgumentException} with the name of the argument for one outside the limits below. Those that an answer
 * would have to leave something out of because it is no longer kept ({@link Freshness#eventsFrom}) throw {@link
 * NoLongerKeptException}: charts finer than whole days, events by name, funnels and items need the events themselves, all
 * others only days.
 */
public interface MetricsReader {

    /** The longest range of days that can be asked for. */
    int MAX_DAYS = 3_700;

    /** The most buckets a chart can have. */
    int MAX_BUCKETS = 5_000;

    /** The most series a chart can have. */
    int MAX_SERIES = 100;

    /** The most steps a funnel can have. */
    int MAX_STEPS = 20;

    /** Reads version 1 of what the projection named {@code metrics} wrote. */
    static MetricsReader on(DataSource dataSource, int partitions) {
        return on(dataSource, () -> 1, partitions);
    }

    /**
     * Reads one version of what the projection named {@code metrics} wrote.
     *
     * @param dataSource of a database {@link MetricsSchema#migrate} has been run on
     * @param version which, asked for each question
     * @param partitions how many partitions the projection reads
     */
    static MetricsReader on(DataSource dataSource, IntSupplier version, int partitions) {
        return new PostgresMetricsReader(dataSource, version, "metrics", partitions, Clock.systemUTC());
    }

    /** Whether the projection has heard of the game. */
    boolean knows(GameId game);

    /** How far the partition furthest behind has come, whatever the game; absent before the first batch of a partition. */
    Optional<Checkpoint> checkpoint();

    Freshness freshness(GameId game);

    /** Every day of the range in order, at most {@value #MAX_DAYS}. */
    List<DailyMetrics> dailyMetrics(GameId game, LocalDate from, LocalDate to, Filter where);

    Summary summary(GameId game, LocalDate from, LocalDate to, Filter where);

    ActivePlayers activePlayers(GameId game, LocalDate day);

    /**
     * A chart. Only what occurred in the range counts, also in buckets the range cuts.
     *
     * @param by up to three dimensions; empty: one series
     * @param top how many series, the greatest {@link Series#total} first, then by label; 1 to {@value #MAX_SERIES}
     */
    List<Series> metrics(
            GameId game,
            Metric metric,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where);

    /**
     * Retention of the cohorts of a range of first days.
     *
     * @param days the n asked for, each 0 to 3,650, at most 100
     * @param through the last day that counts as observed; null: the last day on which any player was active, whatever
     *     the filter
     */
    Retention retention(
            GameId game, LocalDate from, LocalDate to, List<Integer> days, @Nullable LocalDate through, Filter where);

    /**
     * Players who did the steps in order: a player got to step k when there are k different events, each later than the
     * one before (by when it occurred, then by when it arrived), the first in the range of days and the last at most
     * {@code within} after the first.
     *
     * @param steps names of events, 1 to {@value #MAX_STEPS}
     * @param by splits into at most {@value #MAX_SERIES} series, most players in the first step first; null: one series
     */
    Funnel funnel(
            GameId game,
            List<String> steps,
            Duration within,
            LocalDate from,
            LocalDate to,
            @Nullable Dimension by,
            Filter where);

    /**
     * Items by revenue, the greatest first, then by id and type.
     *
     * @param first at most how many, from 1
     */
    List<ItemRevenue> revenueByItem(GameId game, LocalDate from, LocalDate to, int first);

    /**
     * A chart of the events of one name, those without a player included. Their value is what was sent as {@code value},
     * {@code score}, {@code amount} or {@code weight}.
     *
     * @param name as {@link EventName#name}
     * @param field the custom field to sum instead of the value, where it is a number; null: the value
     * @param by as in {@link #metrics}
     */
    List<Series> eventMetrics(
            GameId game,
            String name,
            Measure measure,
            @Nullable String field,
            Granularity granularity,
            Instant from,
            Instant to,
            List<Dimension> by,
            int top,
            Filter where);

    /** The names that occurred, most frequent first, at most 1,000. */
    List<EventName> eventNames(GameId game);
}
