package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every event there is. Immutable. */
public final class EventCatalog {

    private static final EventCatalog CURRENT = new EventCatalog(
            Stream.concat(GameShapes.ALL.stream(), PlayerShapes.ALL.stream()).toList());

    private final Map<Integer, Shape<?>> byNumber;
    private final Map<Class<?>, Shape<?>> byPayload;

    EventCatalog(List<Shape<?>> shapes) {
        byNumber =
                shapes.stream().collect(toUnmodifiableMap(shape -> shape.type().number(), Function.identity()));
        byPayload =
                shapes.stream().collect(toUnmodifiableMap(shape -> shape.type().payload(), Function.identity()));
    }

    /** The catalog of this build. */
    public static EventCatalog current() {
        return CURRENT;
    }

    /** All types, by number. */
    public List<EventType> types() {
        return byNumber.values().stream()
                .map(Shape::type)
                .sorted(Comparator.comparingInt(EventType::number))
                .toList();
    }

    /** The type with this number; empty when a newer build made it up. */
    public Optional<EventType> byNumber(int number) {
        return Optional.ofNullable(byNumber.get(number)).map(Shape::type);
    }

    /**
     * The type of events of this class.
     *
     * @throws IllegalArgumentException when the class is no event
     */
    public EventType of(Class<?> payload) {
        return shapeOf(payload).type();
    }

    /** Whether events with this type number configure a game, so that every partition of the stream needs them. */
    public boolean isConfiguration(int number) {
        return byNumber(number).map(EventType::configuration).orElse(false);
    }

    @Nullable
    Shape<?> shape(int number) {
        return byNumber.get(number);
    }

    Shape<?> shapeOf(Class<?> payload) {
        Shape<?> shape = byPayload.get(payload);
        if (shape == null) {
            throw new IllegalArgumentException("not an event of the catalog: " + payload.getName());
        }
        return shape;
    }
}
