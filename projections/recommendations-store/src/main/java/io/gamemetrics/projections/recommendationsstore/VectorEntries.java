package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the active model of a game says of its items: for each item, how much having it makes a person expected to care for
 * each of {@link #GROUPS} groups of the other items. Which group an item is in depends on its id alone.
 *
 * <p>Not the model's vectors themselves. The same interactions give the same ones; but a version learns when it comes to it,
 * from what is there then, and a few interactions more may turn all vectors round together while every list stays as it
 * was. What is compared here is what lists are made of, which turning does not change; and it is compared where both
 * versions learned from the same number of persons, items and interactions.
 */
final class VectorEntries implements EntrySource {

    static final int GROUPS = 64;

    private static final String SECTION = "item_vector";

    private record Row(String item, float pull, float[] vector, String learnedFrom) {}

    @Override
    public List<String> sections() {
        return List.of(SECTION);
    }

    @Override
    public void forEachCell(Reading reading, Consumer<Cell> each) throws SQLException {
        Sql.each(
                reading.connection(),
                "SELECT game, count(*) FROM active_model JOIN item_vector USING (game, version) GROUP BY game ORDER BY game",
                row -> each.accept(
                        new Cell(new Cell.Key(SECTION, row.getInt(1), ""), row.getLong(2), OptionalLong.empty())));
    }

    @Override
    public void forEachEntry(Reading reading, Cell.Key cell, Consumer<Entry> each) throws SQLException {
        List<Row> rows = rows(reading.connection(), cell.game());
        float[][] groups = groups(rows);
        rows.forEach(row -> each.accept(new Entry.Vector(row.item, null, said(row, groups), row.learnedFrom)));
    }

    @Override
    public void find(Reading reading, Cell.Key cell, Collection<String> keys, Consumer<Entry> each)
            throws SQLException {
        Set<String> asked = new HashSet<>(keys);
        List<Row> rows = rows(reading.connection(), cell.game());
        float[][] groups = groups(rows);
        rows.stream()
                .filter(row -> asked.contains(row.item))
                .forEach(row -> each.accept(new Entry.Vector(row.item, null, said(row, groups), row.learnedFrom)));
    }

    private static List<Row> rows(Connection connection, int game) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT i.item_id, v.pull, v.vector, concat_ws(' ', m.interactions, m.persons, m.items, m.dimension, m.seed)"
                        + " FROM active_model a JOIN model m USING (game, version) JOIN item_vector v USING (game, version)"
                        + " JOIN item i ON i.number = v.item WHERE a.game = ? ORDER BY i.item_id COLLATE \"C\"",
                row -> rows.add(new Row(
                        row.getString(1), row.getFloat(2), VectorBytes.vector(row.getBytes(3)), row.getString(4))),
                game);
        return rows;
    }

    /** The sum of the vectors of each group's items. */
    private static float[][] groups(List<Row> rows) {
        float[][] groups = new float[GROUPS][rows.isEmpty() ? 0 : rows.getFirst().vector.length];
        for (Row row : rows) {
            float[] sum = groups[groupOf(row.item)];
            for (int k = 0; k < sum.length; k++) {
                sum[k] += row.vector[k];
            }
        }
        return groups;
    }

    private static int groupOf(String item) {
        return Math.floorMod(item.hashCode(), GROUPS);
    }

    /** Of the item itself nobody asks. */
    private static float[] said(Row row, float[][] groups) {
        float[] said = new float[GROUPS];
        for (int group = 0; group < GROUPS; group++) {
            double product = Folding.dot(row.vector, groups[group]);
            if (group == groupOf(row.item)) {
                product -= Folding.dot(row.vector, row.vector);
            }
            said[group] = (float) (row.pull * product);
        }
        return said;
    }
}
