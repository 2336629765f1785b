package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Items by number. */
final class Items {

    /** Held by whoever writes rows of items; alone by whoever deletes items that have none. */
    private static final long LOCK = 0x6974656d73L;

    private Items() {}

    /** An item of a game. */
    record Key(int game, String itemId) {}

    /** All items the batch speaks of. */
    static Set<Key> of(RecommendationsBatch batch) {
        Set<Key> keys = new HashSet<>();
        batch.interactions.keySet().forEach(key -> keys.add(new Key(key.player().game(), key.itemId())));
        batch.purchases.forEach((key, row) -> keys.add(new Key(key.player().game(), row.itemId)));
        return keys;
    }

    /** Their numbers, made now for new items; in the transaction that writes rows of them. */
    static Map<Key, Long> numbers(Connection connection, Collection<Key> keys) throws SQLException {
        Map<Key, Long> numbers = new HashMap<>();
        if (keys.isEmpty()) {
            return numbers;
        }
        Sql.first(connection, "SELECT pg_advisory_xact_lock_shared(?)::text", row -> true, LOCK);
        SqlArray games = SqlArray.of("integer", keys, Key::game);
        SqlArray ids = SqlArray.of("text", keys, Key::itemId);
        // In order, so that two batches with the same new items wait and don't block one another for good.
        Sql.update(
                connection,
                "INSERT INTO item (game, item_id)"
                        + " SELECT game, item_id FROM unnest(?, ?) AS asked (game, item_id) WHERE NOT EXISTS ("
                        + "SELECT FROM item i WHERE i.game = asked.game"
                        + " AND md5(i.item_id) = md5(asked.item_id))"
                        + " ORDER BY game, item_id ON CONFLICT DO NOTHING",
                games,
                ids);
        Sql.each(
                connection,
                "SELECT i.game, i.item_id, i.number FROM unnest(?, ?) AS asked (game, item_id)"
                        + " JOIN item i ON i.game = asked.game AND md5(i.item_id) = md5(asked.item_id)",
                row -> numbers.put(new Key(row.getInt(1), row.getString(2)), row.getLong(3)),
                games,
                ids);
        return numbers;
    }

    /** Before anything else in a transaction that deletes items: whoever holds the lock with others can't have it alone. */
    static void lockToDelete(Connection connection) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(?)::text", row -> true, LOCK);
    }

    /** Forgets items nobody has anything to do with any more. */
    static int deleteUnused(Connection connection, int game, Collection<Long> items) throws SQLException {
        lockToDelete(connection);
        return Sql.update(
                connection,
                "DELETE FROM item i WHERE i.game = ? AND i.number = ANY (?)"
                        + " AND NOT EXISTS (SELECT FROM interaction d WHERE d.game = i.game AND d.item = i.number)"
                        + " AND NOT EXISTS (SELECT FROM purchase d WHERE d.game = i.game AND d.item = i.number)",
                game,
                SqlArray.of("bigint", items, item -> item));
    }
}
