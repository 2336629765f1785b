package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.Counts;
import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one person of two: whatever is stored of the linked player becomes the person's, as if it had been theirs from
 * the beginning. Sums of all players stay as they are. Used by one thread; what it takes away is written by the linked
 * player's partition only.
 */
final class Linking {

    private final Connection connection;
    private final GameRow game;
    private final Link link;
    private final EventHorizon horizon;

    Linking(Connection connection, GameRow game, Link link, EventHorizon horizon) {
        this.connection = connection;
        this.game = game;
        this.link = link;
        this.horizon = horizon;
    }

    /** Takes the linked player's rows away and gives them to the person in these folds. Again changes nothing. */
    void run(PlayerFold players, DayFold days, PlayerSets sets) throws SQLException {
        String sql = "INSERT INTO link (game, player, person, person_stream) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, link.game());
            statement.setInt(2, link.player());
            statement.setInt(3, link.person());
            statement.setObject(4, link.personStream());
            statement.executeUpdate();
        }
        Instant first = players.take(connection, game, link, sets);
        if (first == null) {
            return;
        }
        Set<LocalDate> touched = moveEvents(first);
        touched.addAll(daysWithoutEvents(first));
        if (!touched.isEmpty()) {
            takeDays(touched, days, sets);
            takeMoney(touched, days);
        }
    }

    /** Days on which they may have done something that is no longer kept. */
    private List<LocalDate> daysWithoutEvents(Instant first) {
        Instant keptFrom = horizon.keptFrom();
        return keptFrom == null || !first.isBefore(keptFrom)
                ? List.of()
                : game.dayOf(first).datesUntil(game.dayOf(keptFrom).plusDays(1)).toList();
    }

    /**
     * The bound stands in the text so that only the partitions it touches are looked at, the rest because TimescaleDB finds
     * compressed events by constants; until nothing is left, should it not have seen one that it unpacked itself.
     */
    private Set<LocalDate> moveEvents(Instant first) throws SQLException {
        String sql = "UPDATE event SET player = ?, source = ? WHERE game = " + link.game() + " AND player = "
                + link.player() + " AND occurred_at >= '" + first + "' RETURNING occurred_at";
        Set<LocalDate> touched = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, link.person());
            statement.setInt(2, link.player());
            boolean more = true;
            while (more) {
                more = false;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        more = true;
                        touched.add(game.dayOf(rows.getTimestamp(1).toInstant()));
                    }
                }
            }
        }
        return touched;
    }

    private void takeDays(Set<LocalDate> touched, DayFold days, PlayerSets sets) throws SQLException {
        String columns = "day, segment, events, sessions, lengths, length_millis, purchases, paid";
        take("player_day", columns, touched, row -> {
            Counts counts = Counts.read(row, 3);
            PlayerDay day = day(row);
            days.moved(day, counts);
            if (game.isActive(counts)) {
                sets.exclude(link.game(), PlayerSets.ACTIVE, day.day(), link.player());
            }
            if (counts.paid > 0) {
                sets.exclude(link.game(), PlayerSets.PAID, day.day(), link.player());
            }
        });
    }

    private void takeMoney(Set<LocalDate> touched, DayFold days) throws SQLException {
        take("player_money", "day, segment, kind, currency, micros", touched, row -> {
            Total micros = new Total();
            micros.add(row.getBigDecimal(5).toBigIntegerExact());
            days.moved(day(row), row.getShort(3), row.getString(4), micros);
        });
    }

    private PlayerDay day(ResultSet row) throws SQLException {
        return new PlayerDay(link.game(), row.getObject(1, LocalDate.class), link.person(), row.getInt(2));
    }

    private void take(String table, String columns, Set<LocalDate> touched, Sql.OnRow onRow) throws SQLException {
        String sql =
                "DELETE FROM " + table + " WHERE game = ? AND player = ? AND day = ANY(?::date[]) RETURNING " + columns;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, link.game());
            statement.setInt(2, link.player());
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "date", touched.stream().map(LocalDate::toString).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    onRow.on(rows);
                }
            }
        }
    }
}
