package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.InteractionKey;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PlayerKey;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PurchaseKey;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PurchaseRow;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.SourceRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a batch's rows. Each stream's rows are written by its own partition alone; what partitions share is written in order. */
final class Flush {

    private final RecommendationsBatch batch;
    private final Map<Items.Key, Long> numbers;
    private final boolean anyMayBeThere;
    private final Together together = new Together();

    /** @param anyMayBeThere whether even a purchase that is made in this batch may have a row already */
    Flush(RecommendationsBatch batch, Map<Items.Key, Long> numbers, boolean anyMayBeThere) {
        this.batch = batch;
        this.numbers = numbers;
        this.anyMayBeThere = anyMayBeThere;
    }

    void write(Connection connection) throws SQLException {
        writeGames();
        writeSources();
        writeInteractions();
        writePurchases();
        markPending();
        countChanges();
        together.run(connection);
    }

    private void writeGames() {
        if (batch.games.isEmpty()) {
            return;
        }
        // Every partition is told of every game.
        List<Integer> games = batch.games.keySet().stream().sorted().toList();
        together.add(
                "INSERT INTO game (number, game_id) SELECT * FROM unnest(?, ?) ON CONFLICT DO NOTHING",
                SqlArray.of("int4", games, number -> number),
                SqlArray.of("text", games, number -> String.valueOf(batch.games.get(number))));
    }

    private void writeSources() {
        if (batch.sources.isEmpty()) {
            return;
        }
        List<PlayerKey> keys = List.copyOf(batch.sources.keySet());
        together.add(
                "INSERT INTO source AS s (game, stream, person, country, platform)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?) AS n (game, stream, person, country, platform)"
                        // Mostly there is nothing new, and then no row is locked for it. OFFSET keeps the planner from
                        // joining the whole table.
                        + " WHERE NOT EXISTS (SELECT FROM source k WHERE k.game = n.game AND k.stream = n.stream"
                        + " AND n.person IS NULL AND (n.country IS NULL OR n.country = k.country)"
                        + " AND (n.platform IS NULL OR n.platform = k.platform) OFFSET 0)"
                        + " ON CONFLICT (game, stream) DO UPDATE SET"
                        + " person = coalesce(excluded.person, s.person),"
                        + " country = coalesce(excluded.country, s.country),"
                        + " platform = coalesce(excluded.platform, s.platform)",
                SqlArray.of("int4", keys, PlayerKey::game),
                SqlArray.of("uuid", keys, PlayerKey::stream),
                column("uuid", keys, row -> row.person),
                column("text", keys, row -> row.country),
                column("text", keys, row -> row.platform));
    }

    private void writeInteractions() {
        if (batch.interactions.isEmpty()) {
            return;
        }
        List<InteractionKey> keys = List.copyOf(batch.interactions.keySet());
        together.add(
                "INSERT INTO interaction AS i (game, stream, item, kind, events, weight)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?) ON CONFLICT (game, stream, item, kind) DO UPDATE SET"
                        + " events = i.events + excluded.events, weight = i.weight + excluded.weight",
                SqlArray.of("int4", keys, key -> key.player().game()),
                SqlArray.of("uuid", keys, key -> key.player().stream()),
                SqlArray.of("int8", keys, key -> number(key.player().game(), key.itemId())),
                SqlArray.of("text", keys, InteractionKey::kind),
                SqlArray.of("int8", batch.interactions.values(), row -> row.events),
                SqlArray.of("numeric", batch.interactions.values(), row -> row.weight));
    }

    /** A purchase that is made has no row yet: no stream says it twice. Not to look for one saves a good part of writing it. */
    private void writePurchases() {
        Map<Boolean, List<PurchaseKey>> made = batch.purchases.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        entry -> entry.getValue().made && !anyMayBeThere,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        writePurchases(made.getOrDefault(true, List.of()), "");
        writePurchases(
                made.getOrDefault(false, List.of()),
                " ON CONFLICT (game, stream, purchase) DO UPDATE SET"
                        + " paid = p.paid + excluded.paid, refunds = p.refunds + excluded.refunds,"
                        + " refunded = p.refunded + excluded.refunded");
    }

    private void writePurchases(List<PurchaseKey> keys, String onConflict) {
        if (keys.isEmpty()) {
            return;
        }
        List<PurchaseRow> rows =
                keys.stream().map(key -> existing(batch.purchases, key)).toList();
        together.add(
                "INSERT INTO purchase AS p (game, stream, purchase, item, paid, refunds, refunded)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)" + onConflict,
                SqlArray.of("int4", keys, key -> key.player().game()),
                SqlArray.of("uuid", keys, key -> key.player().stream()),
                SqlArray.of("uuid", keys, PurchaseKey::purchase),
                SqlArray.of("int8", keys, key -> number(key.player().game(), existing(batch.purchases, key).itemId)),
                SqlArray.of("int8", rows, row -> row.paid),
                SqlArray.of("int4", rows, row -> row.refunds),
                SqlArray.of("numeric", rows, row -> row.refunded));
    }

    /** A linked player is pending too: their own vector, made before the link, has to go. */
    private void markPending() {
        List<PlayerKey> changed = batch.sources.entrySet().stream()
                .filter(entry -> entry.getValue().changed || entry.getValue().person != null)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(PlayerKey::game).thenComparing(PlayerKey::stream))
                .toList();
        Pending.mark(together, changed);
    }

    private void countChanges() {
        Map<Integer, Long> events = new HashMap<>();
        batch.interactions.forEach((key, row) -> events.merge(key.player().game(), row.events, Long::sum));
        batch.purchases.keySet().forEach(key -> events.merge(key.player().game(), 1L, Long::sum));
        batch.sources.forEach((key, row) -> {
            if (row.person != null) {
                events.merge(key.game(), 1L, Long::sum);
            }
        });
        if (!events.isEmpty()) {
            together.add(
                    "INSERT INTO change (game, events) SELECT * FROM unnest(?, ?)",
                    SqlArray.of("int4", events.keySet(), game -> game),
                    SqlArray.of("int8", events.values(), count -> count));
        }
    }

    private SqlArray column(String type, List<PlayerKey> keys, SqlArray.Column<SourceRow> column) {
        return SqlArray.of(type, keys, key -> column.of(existing(batch.sources, key)));
    }

    private static <K, V> V existing(Map<K, V> rows, K key) {
        V row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("a key without its row");
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
