package io.gamemetrics.sharedkernel.ids;

/**
 * A place in the event store: everything committed before it has a smaller number.
 *
 * @param incarnation the life of the store this number belongs to, 1 or more; a store restored to older data begins a
 *     new one, and numbers of different incarnations must not be compared
 * @param number gap-free and in commit order, 0 before the first event
 */
public record Position(long incarnation, long number) {

    public Position {
        if (incarnation < 1 || number < 0) {
            throw new IllegalArgumentException(
                    "position must have incarnation ≥ 1 and number ≥ 0: " + incarnation + "." + number);
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException when the text is not {@code <incarnation>.<number>}
     */
    public static Position parse(String text) {
        int dot = text.indexOf('.');
        try {
            return new Position(Long.parseLong(text, 0, dot, 10), Long.parseLong(text, dot + 1, text.length(), 10));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("position must be <incarnation>.<number>", e);
        }
    }

    /**
     * Whether everything up to {@code other} is at or before this position.
     *
     * @throws IllegalArgumentException when the two belong to different incarnations
     */
    public boolean covers(Position other) {
        if (incarnation != other.incarnation) {
            throw new IllegalArgumentException("positions of different incarnations: " + this + ", " + other);
        }
        return number >= other.number;
    }

    @Override
    public String toString() {
        return incarnation + "." + number;
    }
}
