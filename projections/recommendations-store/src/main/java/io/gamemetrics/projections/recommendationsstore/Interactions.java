package io.gamemetrics.projections.recommendationsstore;

import java.util.Arrays;

/**
 * What all persons of a game have to do with all its items: a sparse matrix, a row a person. The same state gives the same
 * matrix, whatever the order it came in: rows lie in the order of pseudonyms, columns in that of item ids.
 *
 * @param itemNumbers the items' numbers, by column
 * @param persons something of each row's pseudonym that spreads evenly, by row
 * @param starts where each row begins in {@code columns} and {@code values}; one more than there are rows
 * @param columns each row's columns, rising
 * @param values affinities, more than 0 and at most 1
 */
public record Interactions(long[] itemNumbers, long[] persons, int[] starts, int[] columns, float[] values) {

    public int personCount() {
        return persons.length;
    }

    public int itemCount() {
        return itemNumbers.length;
    }

    /** The same without some of the persons. The items stay, so that columns mean the same. */
    public Interactions where(PersonFilter filter) {
        long[] keptPersons = new long[persons.length];
        int[] keptStarts = new int[starts.length];
        int[] keptColumns = new int[columns.length];
        float[] keptValues = new float[values.length];
        int rows = 0;
        int at = 0;
        for (int person = 0; person < persons.length; person++) {
            if (filter.keeps(persons[person])) {
                int length = starts[person + 1] - starts[person];
                System.arraycopy(columns, starts[person], keptColumns, at, length);
                System.arraycopy(values, starts[person], keptValues, at, length);
                at += length;
                keptPersons[rows++] = persons[person];
                keptStarts[rows] = at;
            }
        }
        return new Interactions(
                itemNumbers,
                Arrays.copyOf(keptPersons, rows),
                Arrays.copyOf(keptStarts, rows + 1),
                Arrays.copyOf(keptColumns, at),
                Arrays.copyOf(keptValues, at));
    }

    /** Whether a person stays in. */
    @FunctionalInterface
    public interface PersonFilter {
        boolean keeps(long person);
    }

    @Override
    public String toString() {
        return "Interactions[" + persons.length + " persons, " + itemNumbers.length + " items, " + values.length + "]";
    }
}
