package io.gamemetrics.projections.recommendationsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a game's {@link Interactions}, a row at a time, into arrays that grow. */
final class InteractionRows {

    private final Map<Long, Integer> columns = new HashMap<>();
    private long[] persons = new long[1_024];
    private int[] starts = new int[1_025];
    private int[] items = new int[8_192];
    private float[] values = new float[8_192];
    private @Nullable UUID last;
    private int rows;
    private int size;

    private InteractionRows() {}

    static Interactions read(Connection connection, int game) throws SQLException {
        List<Long> numbers = Sql.list(
                connection,
                "SELECT number FROM item WHERE game = ? ORDER BY item_id COLLATE \"C\"",
                row -> row.getLong(1),
                game);
        InteractionRows read = new InteractionRows();
        numbers.forEach(number -> read.columns.put(number, read.columns.size()));
        Sql.each(
                connection,
                "SELECT a.person, a.item, a.value FROM affinity a"
                        + " JOIN item i ON i.number = a.item"
                        + " WHERE a.game = ? AND a.value > 0 ORDER BY a.person, i.item_id COLLATE \"C\"",
                row -> read.add(row.getObject(1, UUID.class), row.getLong(2), row.getFloat(3)),
                game);
        return new Interactions(
                numbers.stream().mapToLong(number -> number).toArray(),
                Arrays.copyOf(read.persons, read.rows),
                Arrays.copyOf(read.starts, read.rows + 1),
                Arrays.copyOf(read.items, read.size),
                Arrays.copyOf(read.values, read.size));
    }

    private void add(UUID person, long item, float value) {
        if (!person.equals(last)) {
            last = person;
            if (rows == persons.length) {
                persons = Arrays.copyOf(persons, 2 * rows);
                starts = Arrays.copyOf(starts, 2 * rows + 1);
            }
            persons[rows++] = person.getMostSignificantBits() ^ person.getLeastSignificantBits();
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        Integer column = columns.get(item);
        if (column == null) {
            throw new IllegalStateException("an interaction with an item that is not there");
        }
        items[size] = column;
        values[size++] = value;
        starts[rows] = size;
    }
}
