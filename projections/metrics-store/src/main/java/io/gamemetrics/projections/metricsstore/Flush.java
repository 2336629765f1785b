package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.DayFold.PlayerDay;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Amendment;
import io.gamemetrics.projections.metricsstore.Terms.Term;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** One batch on its way into the tables. Used by one thread, once. */
final class Flush {

    private final MetricsBatch batch;
    private final DayFold fold = new DayFold();
    private final PlayerSets sets = new PlayerSets();
    private Map<Term, Integer> numbers = Map.of();

    Flush(MetricsBatch batch) {
        this.batch = batch;
    }

    List<Instant> instants() {
        return batch.rows.values().stream().map(row -> row.occurredAt).toList();
    }

    /** Every text of the batch. */
    Set<Term> terms() {
        Set<Term> terms = new HashSet<>();
        for (EventRow row : batch.rows.values()) {
            terms.add(new Term(row.game, Terms.SEGMENT, row.segment));
            if (row.name != null) {
                terms.add(new Term(row.game, Terms.NAME, List.of(row.name)));
            }
            if (row.item != null) {
                terms.add(new Term(row.game, Terms.ITEM, row.item));
            }
            row.fields.keySet().forEach(field -> terms.add(new Term(row.game, Terms.FIELD, List.of(field))));
        }
        for (Amendment amendment : batch.amendments) {
            if (amendment.item() != null) {
                terms.add(new Term(amendment.game(), Terms.ITEM, amendment.item()));
            }
        }
        return terms;
    }

    void resolve(Map<Term, Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * In the caller's transaction. Tables are written in one order by all writers, so that none waits in a circle.
     *
     * @return the settings of every game in the batch
     */
    Map<Integer, GameRow> write(Connection connection) throws SQLException {
        Map<Integer, GameRow> games = new GameSettings(connection).lock(batch, gameNumbers());
        PlayerFold players = new PlayerFold(games);
        NameFold names = new NameFold();
        for (EventRow row : batch.rows.values()) {
            names.count(row.game, row.kind, nameOf(row), row.occurredAt);
            if (row.player != EventRow.NO_PLAYER) {
                GameRow game = games.get(row.game);
                if (game == null) {
                    throw new IllegalStateException("event of a game that was never created: game=" + row.game);
                }
                fold.event(
                        new PlayerDay(row.game, game.dayOf(row.occurredAt), row.player, number(row, Terms.SEGMENT)),
                        row);
                players.event(row);
            }
        }
        copy(connection);
        amend(connection, games);
        batch.registrations.forEach(players::registered);
        players.write(connection, sets);
        fold.write(connection);
        names.write(connection);
        fold.days.forEach((day, counts) -> {
            GameRow game = games.get(day.game());
            boolean anyEvent = game != null && game.anyEvent();
            if (anyEvent ? counts.events > 0 : counts.sessions > 0) {
                sets.include(day.game(), PlayerSets.ACTIVE, day.day(), day.player());
            }
            if (counts.paid > 0) {
                sets.include(day.game(), PlayerSets.PAID, day.day(), day.player());
            }
        });
        sets.write(connection);
        return games;
    }

    private Set<Integer> gameNumbers() {
        Set<Integer> games = new TreeSet<>(batch.games.keySet());
        batch.rates.forEach(rate -> games.add(rate.game()));
        batch.rows.values().forEach(row -> games.add(row.game));
        batch.amendments.forEach(amendment -> games.add(amendment.game()));
        return games;
    }

    private int number(int game, char sort, List<@Nullable String> parts) {
        Integer number = numbers.get(new Term(game, sort, parts));
        if (number == null) {
            throw new IllegalStateException("text without a number: sort=" + sort);
        }
        return number;
    }

    private int number(EventRow row, char sort) {
        return number(row.game, sort, row.segment);
    }

    private int nameOf(EventRow row) {
        return row.name == null ? 0 : number(row.game, Terms.NAME, List.of(row.name));
    }

    private void copy(Connection connection) throws SQLException {
        if (batch.rows.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(batch.rows.size() * 96);
        for (EventRow row : batch.rows.values()) {
            List<Integer> fieldIds = new ArrayList<>();
            row.fields.keySet().forEach(field -> fieldIds.add(number(row.game, Terms.FIELD, List.of(field))));
            String fieldsOfRow = fieldIds.isEmpty() ? null : braces(fieldIds);
            String valuesOfRow = fieldIds.isEmpty()
                    ? null
                    : braces(row.fields.values().stream()
                            .map(java.math.BigDecimal::toPlainString)
                            .toList());
            text.append(row.game)
                    .append('\t')
                    .append(row.player)
                    .append('\t')
                    .append(row.sequence)
                    .append('\t');
            text.append(row.occurredAt)
                    .append('\t')
                    .append(row.kind.code())
                    .append('\t')
                    .append(nameOf(row));
            text.append('\t').append(number(row, Terms.SEGMENT));
            column(text, row.item == null ? null : number(row.game, Terms.ITEM, row.item));
            column(text, row.lengthMillis);
            column(text, row.micros);
            column(text, row.currency);
            column(text, row.value == null ? null : row.value.toPlainString());
            column(text, fieldsOfRow);
            column(text, valuesOfRow);
            text.append('\n');
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY metrics.event (game, player, sequence, occurred_at, kind, name, segment, item,"
                                    + " length_millis, micros, currency, value, field_ids, field_values) FROM STDIN",
                            new StringReader(text.toString()));
        } catch (IOException e) {
            throw new SQLException("events were not copied", e);
        }
    }

    /** No value here needs escaping: numbers, instants and ISO currencies. */
    private static void column(StringBuilder text, @Nullable Object value) {
        text.append('\t').append(value == null ? "\\N" : value);
    }

    private static String braces(List<?> values) {
        String list = values.toString();
        return "{" + list.substring(1, list.length() - 1).replace(" ", "") + "}";
    }

    /** Completes events of earlier batches and adds what that changes to their own days. */
    private void amend(Connection connection, Map<Integer, GameRow> games) throws SQLException {
        if (batch.amendments.isEmpty()) {
            return;
        }
        Columns columns = new Columns("int4", "int4", "timestamptz", "int8", "int8", "int8", "text", "int4");
        Map<List<Long>, Amendment> waiting = new HashMap<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Amendment amendment : batch.amendments) {
            columns.add(
                    amendment.game(),
                    amendment.player(),
                    amendment.occurredAt().toString(),
                    amendment.place().sequence(),
                    amendment.lengthMillis(),
                    amendment.micros(),
                    amendment.currency(),
                    amendment.item() == null ? null : number(amendment.game(), Terms.ITEM, amendment.item()));
            waiting.put(
                    List.of(
                            (long) amendment.game(),
                            (long) amendment.player(),
                            amendment.place().sequence()),
                    amendment);
            first = first.isBefore(amendment.occurredAt()) ? first : amendment.occurredAt();
            last = last.isAfter(amendment.occurredAt()) ? last : amendment.occurredAt();
        }
        // The bounds stand in the text so that only the partitions they touch are looked at.
        String sql = "UPDATE metrics.event e SET length_millis = n.length_millis, micros = n.micros,"
                + " currency = n.currency, item = n.item FROM " + columns.unnest()
                + " AS n(game, player, occurred_at, sequence, length_millis, micros, currency, item)"
                + " WHERE e.game = n.game AND e.player = n.player AND e.occurred_at = n.occurred_at"
                + " AND e.sequence = n.sequence AND e.occurred_at BETWEEN '" + first + "' AND '" + last + "'"
                + " RETURNING e.game, e.player, e.sequence, e.segment";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            columns.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Amendment amendment = waiting.remove(List.of(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
                    if (amendment != null) {
                        amended(games, amendment, rows.getInt(4));
                    }
                }
            }
        }
        if (!waiting.isEmpty()) {
            throw new IllegalStateException("events to complete are missing: count=" + waiting.size());
        }
    }

    private void amended(Map<Integer, GameRow> games, Amendment amendment, int segment) {
        GameRow game = games.get(amendment.game());
        if (game == null) {
            throw new IllegalStateException("event of a game that was never created: game=" + amendment.game());
        }
        PlayerDay day =
                new PlayerDay(amendment.game(), game.dayOf(amendment.occurredAt()), amendment.player(), segment);
        if (amendment.lengthMillis() != null) {
            fold.length(day, amendment.lengthMillis());
        }
        fold.money(day, EventRow.moneyKind(amendment.kind()), amendment.currency(), amendment.micros());
    }
}
