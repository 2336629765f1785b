package io.gamemetrics.infrastructure.eventcatalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How one event lies in the store. Field names are spelt here and not taken from the class, so renaming a component
 * changes nothing that is stored.
 *
 * @param upcasters each lifts the stored form of one revision to the next, the first from revision 1; the current
 *     revision is one more than there are
 */
record Shape<E>(
        EventType type,
        BiConsumer<E, FieldWriter> writer,
        Function<FieldReader, E> reader,
        List<UnaryOperator<ObjectNode>> upcasters) {

    /** A configuration event in its first revision. */
    static <E> Shape<E> configuration(
            int number,
            String name,
            Class<E> payload,
            BiConsumer<E, FieldWriter> writer,
            Function<FieldReader, E> reader) {
        return new Shape<>(new EventType(number, name, 1, payload, true), writer, reader, List.of());
    }

    /** A reported event in its first revision. */
    static <E> Shape<E> reported(
            int number,
            String name,
            Class<E> payload,
            BiConsumer<E, FieldWriter> writer,
            Function<FieldReader, E> reader) {
        return new Shape<>(new EventType(number, name, 1, payload, false), writer, reader, List.of());
    }

    Shape {
        if (type.revision() != upcasters.size() + 1) {
            throw new IllegalArgumentException("every revision before the current one needs an upcaster: " + type);
        }
    }

    void write(Object event, FieldWriter out) {
        writer.accept(payload().cast(event), out);
    }

    /**
     * @throws MisshapenException when the fields are not those of the revision
     */
    E read(int revision, ObjectNode stored) {
        ObjectNode lifted = stored;
        for (UnaryOperator<ObjectNode> upcaster : upcasters.subList(revision - 1, upcasters.size())) {
            lifted = upcaster.apply(lifted);
        }
        FieldReader in = new FieldReader(lifted);
        E event = reader.apply(in);
        in.requireNoneLeft();
        return event;
    }

    @SuppressWarnings("unchecked") // the factories take the class and the functions with one type
    private Class<E> payload() {
        return (Class<E>) type.payload();
    }
}
