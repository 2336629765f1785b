package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.Counts;
import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Contribution;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Gone;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Batches of several partitions that are written as one. Used by one thread, once. */
final class FlushGroup {

    /** Of a chart's time that a flush marks as changed. */
    private static final int MOST_STRETCHES = 32;

    private final Collection<Flush> flushes;
    private final PlayerSets sets = new PlayerSets();

    private final boolean charts;
    private final boolean building;

    /**
     * @param charts whether TimescaleDB keeps the events, and charts of them that have to know what changed
     * @param building whether the event store has all of this at hand and no reader waits for it: a crash may then take the
     *     last of it away, with the checkpoints that say so, and nothing waits for the disk
     */
    FlushGroup(Collection<Flush> flushes, boolean charts, boolean building) {
        this.flushes = flushes;
        this.charts = charts;
        this.building = building;
    }

    /**
     * In the caller's transaction, which has a number already: {@link EventExpiry} waits for those that had one before the
     * horizon moved. Tables are written in one order by all writers, so that none waits in a circle; those
     * whose rows all writers share come last, so that they are held for a short time.
     *
     * @return the settings everything was counted by
     */
    Map<Integer, GameRow> write(Connection connection) throws SQLException {
        settings(connection);
        List<MetricsBatch> batches = flushes.stream().map(flush -> flush.batch).toList();
        SortedSet<Integer> numbers = new TreeSet<>();
        flushes.forEach(flush -> numbers.addAll(flush.games()));
        Map<Integer, GameRow> games = new GameSettings(connection).lock(batches, numbers);
        EventHorizon horizon = EventHorizon.read(connection);
        DayFold days = new DayFold();
        PlayerFold players = new PlayerFold();
        NameFold names = new NameFold();
        for (Flush flush : flushes) {
            days.add(flush.days(games));
            players.add(flush.players);
            names.add(flush.names);
        }
        for (MetricsBatch batch : batches) {
            for (Link link : batch.links) {
                GameRow game = Objects.requireNonNull(games.get(link.game()), "a link's game was created");
                new Linking(connection, game, link, horizon).run(players, days, sets);
            }
        }
        Forgotten forgotten = new Forgotten();
        Set<Instant> emptied = new HashSet<>();
        for (MetricsBatch batch : batches) {
            for (Gone gone : batch.gone) {
                GameRow game = games.get(gone.game());
                // Of a game nobody has created nothing was ever counted.
                if (game != null) {
                    new Erasing(connection, game, horizon, emptied).run(gone, days, sets, forgotten);
                }
            }
        }
        for (Flush flush : flushes) {
            for (Contribution contribution : flush.batch.contributions) {
                GameRow game = Objects.requireNonNull(games.get(contribution.game()), "a player's game was created");
                Contributions.write(connection, flush, contribution, game, days);
            }
        }
        EventCopy.send(
                connection, flushes.stream().map(flush -> flush.copy(horizon)).toList());
        for (Flush flush : flushes) {
            flush.open().write(connection);
        }
        new Amendments(flushes).write(connection, games, days);
        players.write(connection, games, sets);
        days.write(connection);
        include(games, days.days);
        include(games, days.moved);
        sets.write(connection);
        names.write(connection);
        forgotten.write(connection, horizon);
        if (charts) {
            MetricsCharts.touch(
                    connection,
                    TimeRanges.around(changed(batches, emptied, horizon), ChartLayers.MINUTE, MOST_STRETCHES));
        }
        return games;
    }

    private static List<Instant> changed(
            List<MetricsBatch> batches, Collection<Instant> emptied, EventHorizon horizon) {
        List<Instant> instants = new ArrayList<>(emptied);
        for (MetricsBatch batch : batches) {
            batch.rows.values().forEach(row -> instants.add(row.occurredAt));
            batch.amendments.forEach(event -> instants.add(event.occurredAt()));
        }
        instants.removeIf(at -> !horizon.keeps(at));
        return instants;
    }

    private void include(Map<Integer, GameRow> games, Map<PlayerDay, Counts> days) {
        days.forEach((day, counts) -> {
            GameRow game = games.get(day.game());
            if (game != null && game.isActive(counts)) {
                sets.include(day.game(), PlayerSets.ACTIVE, day.day(), day.player());
            }
            if (counts.paid > 0) {
                sets.include(day.game(), PlayerSets.PAID, day.day(), day.player());
            }
        });
    }

    /**
     * Every join of a flush looks up keys; a planner that guesses a thousand rows would rather read whole tables. And
     * TimescaleDB would rather fail than unpack many compressed events for one that is completed.
     */
    private void settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
                    + (building ? "; SET LOCAL synchronous_commit = off" : "")
                    + (charts ? "; SET LOCAL timescaledb.max_tuples_decompressed_per_dml_transaction = 0" : ""));
        }
    }
}
