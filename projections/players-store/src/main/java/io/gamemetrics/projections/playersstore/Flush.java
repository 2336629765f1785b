package io.gamemetrics.projections.playersstore;

import io.gamemetrics.projections.playersstore.PlayerFold.Latest;
import io.gamemetrics.projections.playersstore.PlayersBatch.Game;
import io.gamemetrics.projections.playersstore.PlayersBatch.Rate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way into the tables, one statement each. Rows are written in the order of their keys, the same for all
 * writers, so that none waits in a circle.
 */
final class Flush {

    /** Columns of which the latest word counts; {@code …_at} and {@code …_by} say when and where it was said. */
    private static final List<String> LATEST = List.of("name", "acquisition", "platform", "country", "app_version");

    private static final List<String> SUMS =
            List.of("sessions", "lengths", "length_millis", "purchases", "achievements");

    private static final String PLAYER = player();

    private Flush() {}

    static void write(Connection connection, PlayersBatch batch) throws SQLException {
        games(connection, batch);
        rates(connection, batch);
        players(connection, batch);
        money(connection, batch);
    }

    /** Configuration comes by every partition, each at its own pace: to all but the first it is old news. */
    private static void games(Connection connection, PlayersBatch batch) throws SQLException {
        Columns rows = new Columns("int4", "text", "text", "text", "bool", "int8", "int8");
        for (Game game : batch.games.values()) {
            rows.add(
                    game.number(),
                    game.gameId(),
                    game.zone().getId(),
                    game.currency(),
                    game.anyEvent(),
                    game.position().incarnation(),
                    game.position().number());
        }
        rows.execute(
                connection,
                "INSERT INTO game AS g SELECT * FROM " + rows.unnest() + " ON CONFLICT (number) DO UPDATE"
                        + " SET time_zone = excluded.time_zone, currency = excluded.currency,"
                        + " any_event = excluded.any_event, incarnation = excluded.incarnation,"
                        + " position = excluded.position"
                        + " WHERE g.incarnation <> excluded.incarnation OR g.position < excluded.position");
    }

    private static void rates(Connection connection, PlayersBatch batch) throws SQLException {
        Comparator<Rate> order = Comparator.comparingInt(Rate::game)
                .thenComparing(Rate::currency)
                .thenComparing(Rate::day);
        List<Rate> latest = batch.rates.stream()
                .collect(Collectors.toMap(
                        rate -> List.of(rate.game(), rate.currency(), rate.day()),
                        rate -> rate,
                        (one, other) ->
                                one.position().number() > other.position().number() ? one : other))
                .values()
                .stream()
                .sorted(order)
                .toList();
        Columns rows = new Columns("int4", "text", "date", "numeric", "int8", "int8");
        for (Rate rate : latest) {
            rows.add(
                    rate.game(),
                    rate.currency(),
                    rate.day().toString(),
                    rate.rate(),
                    rate.position().incarnation(),
                    rate.position().number());
        }
        rows.execute(
                connection,
                "INSERT INTO exchange_rate AS r SELECT * FROM " + rows.unnest()
                        + " ON CONFLICT (game, currency, day) DO UPDATE SET rate = excluded.rate,"
                        + " incarnation = excluded.incarnation, position = excluded.position"
                        + " WHERE r.incarnation <> excluded.incarnation OR r.position < excluded.position");
    }

    private static void players(Connection connection, PlayersBatch batch) throws SQLException {
        List<String> types = new ArrayList<>(List.of("uuid", "int4", "uuid"));
        types.addAll(List.of("timestamptz", "timestamptz", "timestamptz", "timestamptz"));
        types.addAll(List.of("int8", "int8", "numeric", "int8", "int8"));
        for (String column : LATEST) {
            types.addAll(List.of(column.equals("name") ? "bytea" : "text", "timestamptz", "int8"));
        }
        Columns rows = new Columns(types.toArray(String[]::new));
        batch.players.forEach((id, player) -> {
            List<@Nullable Object> row = new ArrayList<>(Arrays.<@Nullable Object>asList(
                    id,
                    player.game,
                    player.person,
                    player.firstEvent,
                    player.lastEvent,
                    player.firstSession,
                    player.lastSession,
                    player.sessions,
                    player.lengths,
                    player.lengthMillis,
                    player.purchases,
                    player.achievements));
            for (Latest<?> latest :
                    List.of(player.name, player.acquisition, player.platform, player.country, player.appVersion)) {
                row.add(latest.value);
                row.add(latest.at);
                row.add(latest.at == null ? null : latest.by);
            }
            rows.add(row.toArray());
        });
        rows.execute(connection, "INSERT INTO player AS p SELECT * FROM " + rows.unnest() + PLAYER);
    }

    /** How a row that is there and a new one become one. LEAST and GREATEST pass over what is absent. */
    private static String player() {
        Stream<String> sums = SUMS.stream().map(column -> column + " = p." + column + " + excluded." + column);
        Stream<String> latest = LATEST.stream().flatMap(column -> {
            String later = "CASE WHEN p." + column + "_at IS NULL OR (excluded." + column + "_at, excluded." + column
                    + "_by) > (p." + column + "_at, p." + column + "_by) THEN excluded.";
            return Stream.of("", "_at", "_by")
                    .map(part -> column + part + " = " + later + column + part + " ELSE p." + column + part + " END");
        });
        return Stream.of(
                        Stream.of(
                                "person = coalesce(p.person, excluded.person)",
                                "first_event_at = least(p.first_event_at, excluded.first_event_at)",
                                "last_event_at = greatest(p.last_event_at, excluded.last_event_at)",
                                "first_session_at = least(p.first_session_at, excluded.first_session_at)",
                                "last_session_at = greatest(p.last_session_at, excluded.last_session_at)"),
                        sums,
                        latest)
                .flatMap(parts -> parts)
                .collect(Collectors.joining(", ", " ON CONFLICT (player) DO UPDATE SET ", ""));
    }

    private static void money(Connection connection, PlayersBatch batch) throws SQLException {
        Columns rows = new Columns("uuid", "int2", "text", "timestamptz", "numeric");
        batch.money.forEach(
                (moment, micros) -> rows.add(moment.player(), moment.kind(), moment.currency(), moment.at(), micros));
        rows.execute(
                connection,
                "INSERT INTO money AS m SELECT * FROM " + rows.unnest()
                        + " ON CONFLICT (player, kind, currency, at) DO UPDATE"
                        + " SET micros = m.micros + excluded.micros");
    }
}
