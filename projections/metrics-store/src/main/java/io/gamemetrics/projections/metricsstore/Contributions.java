package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.Counts;
import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Contribution;
import io.gamemetrics.projections.metricsstore.Terms.Term;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stays of persons who were erased, kept by itself, so that days can be counted again, and added to all players' sums.
 * What is there already is not added again. Used by one thread.
 */
final class Contributions {

    private Contributions() {}

    /** The text of the segment a remainder's day belongs to. */
    static Term term(int game, Remainder.Day day) {
        Remainder.Segment segment = day.segment();
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(segment.platform());
        parts.add(segment.country());
        parts.add(segment.appVersion());
        parts.addAll(segment.experiments());
        if (segment.equals(Remainder.Segment.OTHERS)) {
            // Else it would be in no experiment, as many are who were told apart.
            parts.add(Dimension.OTHER);
        }
        return new Term(game, Terms.SEGMENT, parts);
    }

    static void write(Connection connection, Flush flush, Contribution contribution, GameRow game, DayFold days)
            throws SQLException {
        Columns rows = new Columns(
                "int4", "uuid", "text", "int4", "text", "text", "int8", "int8", "int8", "numeric", "int8", "int8");
        Columns money = new Columns("int4", "uuid", "text", "int4", "int2", "text", "numeric");
        Remainder remainder = contribution.remainder();
        for (Remainder.Day day : remainder.days()) {
            int segment = flush.numberOf(term(contribution.game(), day));
            rows.add(
                    game.number(),
                    contribution.id(),
                    day.day().toString(),
                    segment,
                    text(remainder.firstDay()),
                    text(remainder.firstSessionDay()),
                    day.events(),
                    day.sessions(),
                    day.lengths(),
                    day.lengthMillis(),
                    day.purchases(),
                    day.paid());
            for (Remainder.Amount amount : day.money()) {
                money.add(
                        game.number(),
                        contribution.id(),
                        day.day().toString(),
                        segment,
                        amount.kind().code(),
                        amount.currency(),
                        amount.micros());
            }
        }
        insert(
                connection,
                rows,
                "INSERT INTO erased_day (game, contribution, day, segment, first_day, first_session, events, sessions,"
                        + " lengths, length_millis, purchases, paid) SELECT game, contribution, day::date, segment,"
                        + " first_day::date, first_session::date, events, sessions, lengths, length_millis, purchases, paid"
                        + " FROM " + rows.unnest() + " AS n(game, contribution, day, segment, first_day, first_session,"
                        + " events, sessions, lengths, length_millis, purchases, paid) ON CONFLICT DO NOTHING"
                        + " RETURNING day, segment, events, sessions, lengths, length_millis, purchases, paid",
                row -> {
                    PlayerDay day = day(game, row);
                    if (game.counts(day.day())) {
                        days.given(day, Counts.read(row, 3));
                    }
                });
        insert(
                connection,
                money,
                "INSERT INTO erased_money (game, contribution, day, segment, kind, currency, micros)"
                        + " SELECT game, contribution, day::date, segment, kind, currency, micros FROM "
                        + money.unnest()
                        + " AS n(game, contribution, day, segment, kind, currency, micros) ON CONFLICT DO NOTHING"
                        + " RETURNING day, segment, kind, currency, micros",
                row -> {
                    PlayerDay day = day(game, row);
                    if (game.counts(day.day())) {
                        days.given(
                                day,
                                row.getShort(3),
                                row.getString(4),
                                row.getBigDecimal(5).toBigIntegerExact());
                    }
                });
    }

    /** After all of a game's days were counted again from its events, which know nothing of these. */
    static void addAgain(Connection connection, GameRow game) throws SQLException {
        String counted = " WHERE game = " + game.number()
                + (game.daysFrom() == null ? "" : " AND day >= DATE '" + game.daysFrom() + "'");
        execute(
                connection,
                "INSERT INTO segment_day AS t SELECT game, day, segment, sum(events), sum(sessions), sum(lengths),"
                        + " sum(length_millis), sum(purchases), sum(paid) FROM erased_day" + counted
                        + " GROUP BY 1, 2, 3 ON CONFLICT (game, day, segment) DO UPDATE SET"
                        + " events = t.events + excluded.events, sessions = t.sessions + excluded.sessions,"
                        + " lengths = t.lengths + excluded.lengths,"
                        + " length_millis = t.length_millis + excluded.length_millis,"
                        + " purchases = t.purchases + excluded.purchases, paid = t.paid + excluded.paid");
        execute(
                connection,
                "INSERT INTO segment_money AS t SELECT game, day, segment, kind, currency, sum(micros) FROM erased_money"
                        + counted + " GROUP BY 1, 2, 3, 4, 5 ON CONFLICT (game, day, segment, kind, currency)"
                        + " DO UPDATE SET micros = t.micros + excluded.micros");
    }

    private static PlayerDay day(GameRow game, ResultSet row) throws SQLException {
        return new PlayerDay(game.number(), row.getObject(1, LocalDate.class), -1, row.getInt(2));
    }

    private static void insert(Connection connection, Columns rows, String sql, Sql.OnRow onRow) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            rows.bind(connection, statement);
            try (ResultSet added = statement.executeQuery()) {
                while (added.next()) {
                    onRow.on(added);
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }
}
