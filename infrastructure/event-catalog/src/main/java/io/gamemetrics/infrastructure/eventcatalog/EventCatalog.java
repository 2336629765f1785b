package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every event there is. Immutable. */
public final class EventCatalog {

    private static final EventCatalog CURRENT =
            new EventCatalog(Stream.of(GameShapes.ALL, ErasureShapes.ALL, PlayerShapes.ALL, RequestShapes.ALL)
                    .flatMap(List::stream)
                    .toList());

    private static final Map<Class<?>, Class<?>> COMPLETED = Map.of(
            SessionEnded.class, SessionStarted.class,
            PurchaseMade.class, PurchaseRefunded.class);

    /** An array: whoever reads an event asks for its type several times. */
    private final @Nullable Shape<?>[] byNumber;

    private final Map<Class<?>, Shape<?>> byPayload;

    EventCatalog(List<Shape<?>> shapes) {
        Map<Integer, Shape<?>> numbered =
                shapes.stream().collect(toUnmodifiableMap(shape -> shape.type().number(), Function.identity()));
        byNumber = new @Nullable Shape<?>[1 + Collections.max(numbered.keySet())];
        numbered.forEach((number, shape) -> byNumber[number] = shape);
        byPayload =
                shapes.stream().collect(toUnmodifiableMap(shape -> shape.type().payload(), Function.identity()));
    }

    /** The catalog of this build. */
    public static EventCatalog current() {
        return CURRENT;
    }

    /** All types, by number. */
    public List<EventType> types() {
        return byPayload.values().stream()
                .map(Shape::type)
                .sorted(Comparator.comparingInt(EventType::number))
                .toList();
    }

    /** The type with this number; empty when a newer build made it up. */
    public Optional<EventType> byNumber(int number) {
        Shape<?> shape = shape(number);
        return shape == null ? Optional.empty() : Optional.of(shape.type());
    }

    /**
     * The type of events of this class.
     *
     * @throws IllegalArgumentException when the class is no event
     */
    public EventType of(Class<?> payload) {
        return shapeOf(payload).type();
    }

    /**
     * These types and those whose events they complete: who handles the end of a session has to have handled its beginning.
     *
     * @param numbers of types there are
     */
    public Set<Integer> withCompleted(Set<Integer> numbers) {
        Set<Integer> all = new TreeSet<>(numbers);
        COMPLETED.forEach((completing, completed) -> {
            if (numbers.contains(of(completing).number())) {
                all.add(of(completed).number());
            }
        });
        return all;
    }

    /** Whether events with this type number configure a game, so that every partition of the stream needs them. */
    public boolean isConfiguration(int number) {
        return byNumber(number).map(EventType::configuration).orElse(false);
    }

    @Nullable
    Shape<?> shape(int number) {
        return number < 0 || number >= byNumber.length ? null : byNumber[number];
    }

    Shape<?> shapeOf(Class<?> payload) {
        Shape<?> shape = byPayload.get(payload);
        if (shape == null) {
            throw new IllegalArgumentException("not an event of the catalog: " + payload.getName());
        }
        return shape;
    }
}
