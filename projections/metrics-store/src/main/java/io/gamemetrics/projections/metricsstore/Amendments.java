package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Amendment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Completes events of earlier batches and adds what that changes to their own days. Used by one thread. */
final class Amendments {

    private final Map<Row, Waiting> waiting = new HashMap<>();
    private final Columns columns =
            new Columns("int4", "int4", "timestamptz", "int8", "int8", "int8", "text", "int4", "int4");
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    /** @param player in whose stream the event lies */
    private record Row(int game, int player, long sequence) {}

    /** @param player whom the event counts for */
    private record Waiting(
            Amendment amendment, int player, @Nullable Integer item) {}

    Amendments(Collection<Flush> flushes) {
        for (Flush flush : flushes) {
            flush.batch.amendments.forEach(amendment -> add(flush, amendment));
        }
    }

    private void add(Flush flush, Amendment amendment) {
        int player = flush.playerOf(amendment);
        Integer item = flush.itemOf(amendment);
        columns.add(
                amendment.game(),
                player,
                amendment.occurredAt(),
                amendment.place().sequence(),
                amendment.lengthMillis(),
                amendment.micros(),
                amendment.currency(),
                item,
                player == amendment.player() ? null : amendment.player());
        waiting.put(
                new Row(amendment.game(), amendment.player(), amendment.place().sequence()),
                new Waiting(amendment, player, item));
        first = first.isBefore(amendment.occurredAt()) ? first : amendment.occurredAt();
        last = last.isAfter(amendment.occurredAt()) ? last : amendment.occurredAt();
    }

    void write(Connection connection, Map<Integer, GameRow> games, DayFold days) throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        // The bounds stand in the text so that only the partitions they touch are looked at.
        String sql = "UPDATE event e SET length_millis = n.length_millis, micros = n.micros,"
                + " currency = n.currency, item = n.item FROM " + columns.unnest()
                + " AS n(game, player, occurred_at, sequence, length_millis, micros, currency, item, source)"
                + " WHERE e.game = n.game AND e.player = n.player AND e.occurred_at = n.occurred_at"
                + " AND e.sequence = n.sequence AND e.source IS NOT DISTINCT FROM n.source AND e.occurred_at BETWEEN '"
                + first + "' AND '" + last + "'"
                + " RETURNING e.game, coalesce(e.source, e.player), e.sequence, e.segment";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            columns.bind(connection, statement);
            found(statement, games, days);
        }
        for (Map.Entry<Row, Waiting> each : List.copyOf(waiting.entrySet())) {
            writeAlone(connection, each.getKey(), each.getValue(), games, days);
        }
        if (!waiting.isEmpty()) {
            completeOpen(connection, games, days);
        }
        if (!waiting.isEmpty()) {
            leaveOutErased(connection);
        }
        if (!waiting.isEmpty()) {
            throw new IllegalStateException("events to complete are missing: count=" + waiting.size());
        }
    }

    /** TimescaleDB does not find every compressed event by a join, but does by constants. */
    private void writeAlone(
            Connection connection, Row row, Waiting amendment, Map<Integer, GameRow> games, DayFold days)
            throws SQLException {
        String sql = "UPDATE event e SET length_millis = ?, micros = ?, currency = ?, item = ? WHERE e.game = "
                + row.game + " AND e.player = " + amendment.player + " AND e.occurred_at = '"
                + amendment.amendment.occurredAt() + "' AND e.sequence = " + row.sequence + " AND e.source "
                + (amendment.player == row.player ? "IS NULL" : "= " + row.player)
                + " RETURNING e.game, coalesce(e.source, e.player), e.sequence, e.segment";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, amendment.amendment.lengthMillis(), Types.BIGINT);
            statement.setObject(2, amendment.amendment.micros(), Types.BIGINT);
            statement.setString(3, amendment.amendment.currency());
            statement.setObject(4, amendment.item, Types.INTEGER);
            found(statement, games, days);
        }
    }

    /** Those that are no longer kept. Last: an event that is dropped just now was put there before. */
    private void completeOpen(Connection connection, Map<Integer, GameRow> games, DayFold days) throws SQLException {
        Columns keys = new Columns("int4", "int4", "int8");
        waiting.keySet().forEach(row -> keys.add(row.game, row.player, row.sequence));
        OpenEvents.take(
                connection,
                keys,
                (game, player, sequence, segment) -> found(new Row(game, player, sequence), segment, games, days));
    }

    /** Of a person whose own stream has ended nothing is there to be completed by those linked to them. */
    private void leaveOutErased(Connection connection) throws SQLException {
        Set<Row> persons = new HashSet<>();
        waiting.forEach((row, amendment) -> persons.add(new Row(row.game, amendment.player, 0)));
        Columns keys = new Columns("int4", "int4");
        persons.forEach(person -> keys.add(person.game, person.player));
        String sql = "SELECT e.game, e.player FROM " + keys.unnest()
                + " AS k(game, player) JOIN erased_player e ON e.game = k.game AND e.player = k.player";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int game = rows.getInt(1);
                    int person = rows.getInt(2);
                    waiting.entrySet().removeIf(each -> each.getKey().game == game && each.getValue().player == person);
                }
            }
        }
    }

    private void found(Row row, int segment, Map<Integer, GameRow> games, DayFold days) {
        Waiting amendment = waiting.remove(row);
        if (amendment != null) {
            count(games, amendment.amendment, amendment.player, segment, days);
        }
    }

    private void found(PreparedStatement statement, Map<Integer, GameRow> games, DayFold days) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found(new Row(rows.getInt(1), rows.getInt(2), rows.getLong(3)), rows.getInt(4), games, days);
            }
        }
    }

    private static void count(Map<Integer, GameRow> games, Amendment amendment, int player, int segment, DayFold days) {
        GameRow game = games.get(amendment.game());
        if (game == null) {
            throw new IllegalStateException("event of a game that was never created: game=" + amendment.game());
        }
        PlayerDay day = new PlayerDay(amendment.game(), game.dayOf(amendment.occurredAt()), player, segment);
        if (!game.counts(day.day())) {
            return;
        }
        if (amendment.lengthMillis() != null) {
            days.length(day, amendment.lengthMillis());
        }
        days.money(day, EventRow.moneyKind(amendment.kind()), amendment.currency(), amendment.micros());
    }
}
