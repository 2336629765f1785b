package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Rate;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings a batch is counted by. Configuration events come by every partition, each at its own pace: whoever is
 * first applies one and recounts what it changes; to the others it is old news. While a batch is written its games'
 * settings stand still.
 */
final class GameSettings {

    static final String COLUMNS = "number, game_id, time_zone, currency, any_event, incarnation, position, days_from";

    private final Connection connection;

    GameSettings(Connection connection) {
        this.connection = connection;
    }

    /** The settings of those games as they are now, without waiting for anybody. */
    Map<Integer, GameRow> peek(Set<Integer> games) throws SQLException {
        Map<Integer, GameRow> settings = new HashMap<>();
        for (int number : games) {
            GameRow known = read(number, "");
            if (known != null) {
                settings.put(number, known);
            }
        }
        return settings;
    }

    /**
     * Applies what is new and locks the games' rows to the end of the transaction.
     *
     * @param games their numbers in ascending order, the order of locking for all writers
     */
    Map<Integer, GameRow> lock(Collection<MetricsBatch> batches, SortedSet<Integer> games) throws SQLException {
        List<Rate> rates =
                batches.stream().flatMap(batch -> batch.rates.stream()).toList();
        Map<Integer, GameRow> settings = new HashMap<>();
        for (int number : games) {
            List<GameRow> said = batches.stream()
                    .filter(batch -> batch.games.containsKey(number))
                    .map(batch -> Objects.requireNonNull(batch.games.get(number)))
                    .toList();
            boolean changes = !said.isEmpty() || rates.stream().anyMatch(rate -> rate.game() == number);
            GameRow known = read(number, changes ? " FOR UPDATE" : " FOR SHARE");
            if (known == null && !said.isEmpty()) {
                insert(said.getFirst());
                known = read(number, " FOR UPDATE");
            }
            if (known != null) {
                settings.put(number, changed(known, said));
            }
        }
        setRates(rates);
        return settings;
    }

    private GameRow changed(GameRow known, List<GameRow> said) throws SQLException {
        GameRow latest = known;
        for (GameRow one : said) {
            latest = latest.isOlderThan(one) ? one.countedFrom(known.daysFrom()) : latest;
        }
        if (!latest.equals(known)) {
            if (known.countsDifferentlyFrom(latest)) {
                latest = new Recount(connection, latest).run(!known.zone().equals(latest.zone()));
            }
            update(latest);
        }
        return latest;
    }

    private @Nullable GameRow read(int number, String lock) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM game WHERE number = ?" + lock)) {
            statement.setInt(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? of(row) : null;
            }
        }
    }

    /** The game with this id; absent when none was created. */
    static @Nullable GameRow find(Connection connection, GameId gameId) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM game WHERE game_id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, gameId.value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? of(row) : null;
            }
        }
    }

    static GameRow of(ResultSet row) throws SQLException {
        return new GameRow(
                row.getInt(1),
                row.getString(2),
                ZoneId.of(row.getString(3)),
                row.getString(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                row.getObject(8, LocalDate.class));
    }

    private void insert(GameRow game) throws SQLException {
        execute(
                "INSERT INTO game (game_id, time_zone, currency, any_event, incarnation, position, days_from,"
                        + " number) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                game);
    }

    private void update(GameRow game) throws SQLException {
        execute(
                "UPDATE game SET game_id = ?, time_zone = ?, currency = ?, any_event = ?, incarnation = ?,"
                        + " position = ?, days_from = ? WHERE number = ?",
                game);
    }

    private void execute(String sql, GameRow game) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, game.gameId());
            statement.setString(2, game.zone().getId());
            statement.setString(3, game.currency());
            statement.setBoolean(4, game.anyEvent());
            statement.setLong(5, game.incarnation());
            statement.setLong(6, game.position());
            statement.setObject(7, game.daysFrom());
            statement.setInt(8, game.number());
            statement.executeUpdate();
        }
    }

    private void setRates(List<Rate> rates) throws SQLException {
        String sql = "INSERT INTO exchange_rate AS r (game, currency, day, rate, incarnation, position)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (game, currency, day) DO UPDATE SET rate = excluded.rate,"
                + " incarnation = excluded.incarnation, position = excluded.position"
                + " WHERE r.incarnation <> excluded.incarnation OR r.position < excluded.position";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Rate rate : rates.stream()
                    .sorted(Comparator.comparingLong(r -> r.position().number()))
                    .toList()) {
                statement.setInt(1, rate.game());
                statement.setString(2, rate.currency());
                statement.setObject(3, rate.day());
                statement.setBigDecimal(4, rate.rate());
                statement.setLong(5, rate.position().incarnation());
                statement.setLong(6, rate.position().number());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
