package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.InteractionKey;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PlayerKey;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PurchaseKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a batch's rows. Each stream's rows are written by its own partition alone; what partitions share is written in order. */
final class Flush {

    private final RecommendationsBatch batch;
    private final Map<Items.Key, Long> numbers;

    Flush(RecommendationsBatch batch, Map<Items.Key, Long> numbers) {
        this.batch = batch;
        this.numbers = numbers;
    }

    void write(Connection connection) throws SQLException {
        writeGames(connection);
        writeSources(connection);
        writeInteractions(connection);
        writePurchases(connection);
        markPending(connection);
        countChanges(connection);
    }

    private void writeGames(Connection connection) throws SQLException {
        if (batch.games.isEmpty()) {
            return;
        }
        // Every partition is told of every game.
        List<Integer> games = batch.games.keySet().stream().sorted().toList();
        Sql.update(
                connection,
                "INSERT INTO game (number, game_id) SELECT * FROM unnest(?, ?) ON CONFLICT DO NOTHING",
                SqlArray.of("integer", games, number -> number),
                SqlArray.of("text", games, number -> String.valueOf(batch.games.get(number))));
    }

    private void writeSources(Connection connection) throws SQLException {
        if (batch.sources.isEmpty()) {
            return;
        }
        List<PlayerKey> keys = List.copyOf(batch.sources.keySet());
        Sql.update(
                connection,
                "INSERT INTO source AS s (game, stream, person, country, platform)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?) ON CONFLICT (game, stream) DO UPDATE SET"
                        + " person = coalesce(excluded.person, s.person),"
                        + " country = coalesce(excluded.country, s.country),"
                        + " platform = coalesce(excluded.platform, s.platform)"
                        + " WHERE (coalesce(excluded.person, s.person), coalesce(excluded.country, s.country),"
                        + " coalesce(excluded.platform, s.platform)) IS DISTINCT FROM (s.person, s.country, s.platform)",
                SqlArray.of("integer", keys, PlayerKey::game),
                SqlArray.of("uuid", keys, PlayerKey::stream),
                column("uuid", keys, row -> row.person),
                column("text", keys, row -> row.country),
                column("text", keys, row -> row.platform));
    }

    private void writeInteractions(Connection connection) throws SQLException {
        if (batch.interactions.isEmpty()) {
            return;
        }
        List<InteractionKey> keys = List.copyOf(batch.interactions.keySet());
        Sql.update(
                connection,
                "INSERT INTO interaction AS i (game, stream, item, kind, events, weight)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?) ON CONFLICT (game, stream, item, kind) DO UPDATE SET"
                        + " events = i.events + excluded.events, weight = i.weight + excluded.weight",
                SqlArray.of("integer", keys, key -> key.player().game()),
                SqlArray.of("uuid", keys, key -> key.player().stream()),
                SqlArray.of("bigint", keys, key -> number(key.player().game(), key.itemId())),
                SqlArray.of("text", keys, InteractionKey::kind),
                SqlArray.of("bigint", batch.interactions.values(), row -> row.events),
                SqlArray.of("numeric", batch.interactions.values(), row -> row.weight));
    }

    private void writePurchases(Connection connection) throws SQLException {
        if (batch.purchases.isEmpty()) {
            return;
        }
        List<PurchaseKey> keys = List.copyOf(batch.purchases.keySet());
        Sql.update(
                connection,
                "INSERT INTO purchase AS p (game, stream, purchase, item, paid, refunds, refunded)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?) ON CONFLICT (game, stream, purchase) DO UPDATE SET"
                        + " paid = p.paid + excluded.paid, refunds = p.refunds + excluded.refunds,"
                        + " refunded = p.refunded + excluded.refunded",
                SqlArray.of("integer", keys, key -> key.player().game()),
                SqlArray.of("uuid", keys, key -> key.player().stream()),
                SqlArray.of("uuid", keys, PurchaseKey::purchase),
                SqlArray.of(
                        "bigint",
                        batch.purchases.entrySet(),
                        entry -> number(entry.getKey().player().game(), entry.getValue().itemId)),
                SqlArray.of("bigint", batch.purchases.values(), row -> row.paid),
                SqlArray.of("integer", batch.purchases.values(), row -> row.refunds),
                SqlArray.of("numeric", batch.purchases.values(), row -> row.refunded));
    }

    /** A linked player is pending too: their own vector, made before the link, has to go. */
    private void markPending(Connection connection) throws SQLException {
        List<PlayerKey> changed = batch.sources.entrySet().stream()
                .filter(entry -> entry.getValue().changed || entry.getValue().person != null)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(PlayerKey::game).thenComparing(PlayerKey::stream))
                .toList();
        Pending.mark(connection, changed);
    }

    private void countChanges(Connection connection) throws SQLException {
        Map<Integer, Long> events = new HashMap<>();
        batch.interactions.forEach((key, row) -> events.merge(key.player().game(), row.events, Long::sum));
        batch.purchases.keySet().forEach(key -> events.merge(key.player().game(), 1L, Long::sum));
        batch.sources.forEach((key, row) -> {
            if (row.person != null) {
                events.merge(key.game(), 1L, Long::sum);
            }
        });
        for (Map.Entry<Integer, Long> game : events.entrySet()) {
            Sql.update(connection, "INSERT INTO change (game, events) VALUES (?, ?)", game.getKey(), game.getValue());
        }
    }

    private SqlArray column(String type, List<PlayerKey> keys, SqlArray.Column<RecommendationsBatch.SourceRow> column) {
        return SqlArray.of(type, keys, key -> column.of(row(key)));
    }

    private RecommendationsBatch.SourceRow row(PlayerKey key) {
        RecommendationsBatch.SourceRow row = batch.sources.get(key);
        if (row == null) {
            throw new IllegalStateException("a stream without its row");
        }
        return row;
    }

    private long number(int game, String itemId) {
        Long number = numbers.get(new Items.Key(game, itemId));
        if (number == null) {
            throw new IllegalStateException("an item without its number");
        }
        return number;
    }
}
