package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * Numbers a batch is written with.
     *
     * @param read those of them that were not known before
     * @param deletions how many there had been then
     */
    record Numbers(Map<Key, Long> all, Map<Key, Long> read, long deletions) {

        private static final Numbers NONE = new Numbers(Map.of(), Map.of(), -1);
    }

    /** Their numbers, made now for new items; in the transaction that writes rows of them. */
    static Numbers numbers(Connection connection, Collection<Key> keys, ItemNumbers known) throws SQLException {
        if (keys.isEmpty()) {
            return Numbers.NONE;
        }
        Sql.first(connection, "SELECT pg_advisory_xact_lock_shared(?)::text", row -> true, LOCK);
        // Whoever deletes holds the lock alone, so none can follow before this transaction ends.
        long deletions = deletions(connection);
        Map<Key, Long> all = new HashMap<>();
        List<Key> unknown = new ArrayList<>();
        for (Key key : keys) {
            Long number = known.of(key, deletions);
            if (number == null) {
                unknown.add(key);
            } else {
                all.put(key, number);
            }
        }
        Map<Key, Long> read = unknown.isEmpty() ? Map.of() : readOrMade(connection, unknown);
        all.putAll(read);
        return new Numbers(all, read, deletions);
    }

    private static Map<Key, Long> readOrMade(Connection connection, List<Key> keys) throws SQLException {
        Map<Key, Long> numbers = new HashMap<>();
        SqlArray games = SqlArray.of("int4", keys, Key::game);
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

    private static long deletions(Connection connection) throws SQLException {
        return Objects.requireNonNull(Sql.first(
                connection,
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM item_deletion",
                row -> row.getLong(1)));
    }

    /** Before anything else in a transaction that deletes items: whoever holds the lock with others can't have it alone. */
    static void lockToDelete(Connection connection) throws SQLException {
        Sql.first(connection, "SELECT pg_advisory_xact_lock(?)::text", row -> true, LOCK);
    }

    /** Forgets items nobody has anything to do with any more. The tables count it: {@link #deletions}. */
    static int deleteUnused(Connection connection, int game, Collection<Long> items) throws SQLException {
        lockToDelete(connection);
        return Sql.update(
                connection,
                "DELETE FROM item i WHERE i.game = ? AND i.number = ANY (?)"
                        + " AND NOT EXISTS (SELECT FROM interaction d WHERE d.game = i.game AND d.item = i.number)"
                        + " AND NOT EXISTS (SELECT FROM purchase d WHERE d.game = i.game AND d.item = i.number)",
                game,
                SqlArray.of("int8", items, item -> item));
    }
}
