package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.Counts;
import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Gone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes away all that is stored of the person a player counts for, also what they added to sums of all players: as if they had
 * never been. Streams of one person end on several partitions, each at its own pace. Used by one thread, once; in the transaction of the batch that ends the player's stream.
 */
final class Erasing {

    private final Connection connection;
    private final GameRow game;
    private final EventHorizon horizon;
    private final Collection<Instant> changed;

    /** @param changed is given the minutes whose events went */
    Erasing(Connection connection, GameRow game, EventHorizon horizon, Collection<Instant> changed) {
        this.changed = changed;
        this.connection = connection;
        this.game = game;
        this.horizon = horizon;
    }

    /** Again finds nothing. */
    void run(Gone gone, DayFold days, PlayerSets sets, Forgotten forgotten) throws SQLException {
        execute("INSERT INTO erased_player (game, player) VALUES (?, ?) ON CONFLICT DO NOTHING", gone.player());
        int person = personOf(gone.player());
        execute("DELETE FROM link WHERE game = ? AND player = ?", gone.player());
        execute("DELETE FROM event_open WHERE game = ? AND player = ?", gone.player());
        // A person goes at the end of their own stream, and of each that comes to its end later: until then it is
        // completed.
        Instant first = isErased(person) ? player(person, sets) : null;
        if (first == null) {
            return;
        }
        Set<LocalDate> touched = events(person, first, forgotten);
        Instant keptFrom = horizon.keptFrom();
        if (keptFrom != null && first.isBefore(keptFrom)) {
            game.dayOf(first).datesUntil(game.dayOf(keptFrom).plusDays(1)).forEach(touched::add);
        }
        days(person, touched, days, sets, forgotten);
        money(person, touched, days);
    }

    private int personOf(int player) throws SQLException {
        int[] person = {player};
        new Sql()
                .add("SELECT person FROM link WHERE game = ?", game.number())
                .add(" AND player = ?", player)
                .forEach(connection, row -> person[0] = row.getInt(1));
        return person[0];
    }

    private boolean isErased(int person) throws SQLException {
        boolean[] erased = {false};
        new Sql()
                .add("SELECT EXISTS (SELECT FROM erased_player WHERE game = ?", game.number())
                .add(" AND player = ?)", person)
                .forEach(connection, row -> erased[0] = row.getBoolean(1));
        return erased[0];
    }

    private void execute(String sql, int player) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, game.number());
            statement.setInt(2, player);
            statement.executeUpdate();
        }
    }

    /** When the person's first event occurred; absent when nothing is known of them. */
    private @Nullable Instant player(int person, PlayerSets sets) throws SQLException {
        Instant[] first = {null};
        new Sql()
                .add("DELETE FROM player WHERE game = ?", game.number())
                .add(" AND player = ? RETURNING first_any_at, first_day", person)
                .forEach(connection, row -> {
                    Timestamp at = row.getTimestamp(1);
                    first[0] = at.toInstant();
                    LocalDate day = row.getObject(2, LocalDate.class);
                    if (day != null) {
                        sets.exclude(game.number(), PlayerSets.COHORT, day, person);
                    }
                });
        return first[0];
    }

    /** The bound stands in the text so that only the partitions it touches are looked at; until nothing is left: {@link Linking}. */
    private Set<LocalDate> events(int person, Instant first, Forgotten forgotten) throws SQLException {
        String sql = "DELETE FROM event WHERE game = " + game.number() + " AND player = " + person
                + " AND occurred_at >= '" + first + "' RETURNING occurred_at, kind, name, segment, item, field_ids";
        Set<LocalDate> touched = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            boolean more = true;
            while (more) {
                more = false;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        more = true;
                        Instant at = rows.getTimestamp(1).toInstant();
                        touched.add(game.dayOf(at));
                        changed.add(at.truncatedTo(ChronoUnit.MINUTES));
                        forgotten.event(game.number(), rows);
                    }
                }
            }
        }
        return touched;
    }

    private void days(int person, Set<LocalDate> touched, DayFold days, PlayerSets sets, Forgotten forgotten)
            throws SQLException {
        taken("player_day", person, touched)
                .add(" RETURNING day, segment, events, sessions, lengths, length_millis, purchases, paid")
                .forEach(connection, row -> {
                    Counts counts = Counts.read(row, 3);
                    PlayerDay day =
                            new PlayerDay(game.number(), row.getObject(1, LocalDate.class), person, row.getInt(2));
                    days.taken(day, counts);
                    forgotten.segment(game.number(), day.segment());
                    if (game.isActive(counts)) {
                        sets.exclude(game.number(), PlayerSets.ACTIVE, day.day(), person);
                    }
                    if (counts.paid > 0) {
                        sets.exclude(game.number(), PlayerSets.PAID, day.day(), person);
                    }
                });
    }

    private void money(int person, Set<LocalDate> touched, DayFold days) throws SQLException {
        taken("player_money", person, touched)
                .add(" RETURNING day, segment, kind, currency, micros")
                .forEach(
                        connection,
                        row -> days.taken(
                                new PlayerDay(game.number(), row.getObject(1, LocalDate.class), person, row.getInt(2)),
                                row.getShort(3),
                                row.getString(4),
                                row.getBigDecimal(5).toBigIntegerExact()));
    }

    private Sql taken(String table, int person, Set<LocalDate> touched) {
        return new Sql()
                .add("DELETE FROM " + table + " WHERE game = ?", game.number())
                .add(" AND player = ?", person)
                .days(" AND day = ANY(?)", touched);
    }
}
