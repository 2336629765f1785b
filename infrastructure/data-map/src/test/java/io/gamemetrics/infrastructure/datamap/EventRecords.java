package io.gamemetrics.infrastructure.datamap;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.sharedkernel.privacy.PersonalData;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The records events are made of, from the catalog on, by reflection. */
final class EventRecords {

    private final Map<String, Set<String>> fields = new TreeMap<>();
    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Set<String> marked = new TreeSet<>();

    EventRecords(Iterable<? extends Class<?>> events) {
        events.forEach(this::add);
    }

    static EventRecords ofTheCatalog() {
        return new EventRecords(EventCatalog.current().types().stream()
                .<Class<?>>map(EventType::payload)
                .toList());
    }

    /** Components that are no records of their own, by record. */
    Map<String, Set<String>> fields() {
        return fields;
    }

    /** {@code record.component} of those the kernel marks as personal. */
    Set<String> marked() {
        return marked;
    }

    private void add(Class<?> type) {
        Class<?> known = types.putIfAbsent(type.getSimpleName(), type);
        if (known == type) {
            return;
        }
        if (known != null) {
            throw new AssertionError(
                    "two records of events share a name: " + known.getName() + " and " + type.getName());
        }
        Set<String> own = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(PersonalData.class)) {
                marked.add(type.getSimpleName() + "." + component.getName());
            }
            part(component.getGenericType()).ifPresentOrElse(this::add, () -> own.add(component.getName()));
        }
        if (!own.isEmpty()) {
            fields.put(type.getSimpleName(), own);
        }
    }

    /** The record that a component, or each element of it, is; ids are values. */
    private static Optional<Class<?>> part(Type type) {
        Stream<Type> candidates = type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                : Stream.of(type);
        return candidates
                .filter(Class.class::isInstance)
                .<Class<?>>map(Class.class::cast)
                .filter(candidate ->
                        candidate.isRecord() && !candidate.getPackageName().endsWith(".ids"))
                .findFirst();
    }
}
