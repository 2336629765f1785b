package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One item a person has something to do with.
 *
 * @param number the item's number
 * @param owned had, not just looked at
 * @param why how the person came to it, in words
 * @param affinity 0 to 1; 0 for what was given back
 * @param vector of the item in the version asked for; absent when that version does not know it
 */
record HistoryItem(
        long number, String item, boolean owned, String why, float affinity, float pull, float @Nullable [] vector) {

    /** All of a person's, in the order of item ids; vectors are missing without a version. */
    static List<HistoryItem> of(Connection connection, int game, UUID person, @Nullable Integer version)
            throws SQLException {
        return Sql.list(
                connection,
                "SELECT a.item, i.item_id, a.owned, a.bought, a.played, a.liked, a.value, v.pull, v.vector"
                        + " FROM affinity a JOIN item i ON i.number = a.item"
                        + " LEFT JOIN item_vector v"
                        + " ON v.game = a.game AND v.version = ?::integer AND v.item = a.item"
                        + " WHERE a.game = ? AND a.person = ? ORDER BY i.item_id COLLATE \"C\"",
                HistoryItem::of,
                version,
                game,
                person);
    }

    /** Whether it says something of the person to the version asked for. */
    boolean speaks() {
        return vector != null && affinity > 0;
    }

    /** What it adds to the score of an item with this vector. */
    double contribution(float[] other) {
        return vector == null ? 0 : affinity * pull * Folding.dot(vector, other);
    }

    private static HistoryItem of(ResultSet row) throws SQLException {
        byte[] vector = row.getBytes(9);
        return new HistoryItem(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                words(row),
                row.getFloat(7),
                row.getFloat(8),
                vector == null ? null : VectorBytes.vector(vector));
    }

    private static String words(ResultSet row) throws SQLException {
        String did =
                row.getBoolean(5) ? "played" : row.getBoolean(4) ? "bought" : row.getBoolean(6) ? "liked" : "looked at";
        return "because you " + did + " " + row.getString(2);
    }

    @Override
    public String toString() {
        return "HistoryItem[" + number + "]";
    }
}
