package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.privacy.PersonalData;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as somebody reads it who knows nothing of this platform: its fields by the names they have in the code, ids and
 * moments as texts. Who at the studio did something is another person's and left out. Whatever event is made up later reads
 * the same way.
 */
final class ReadableEvent {

    private static final String SINGLE = "value";
    private static final String OF_THE_STUDIO = "audit";

    private ReadableEvent() {}

    /** @param event a record */
    static Map<String, Object> of(Object event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            Object value = get(component, event);
            if (value == null || isOfTheStudio(component)) {
                continue;
            }
            if (value instanceof EventHeader header) {
                fields.putAll(of(header));
            } else {
                fields.put(component.getName(), readable(value));
            }
        }
        return fields;
    }

    private static Object readable(Object value) {
        return switch (value) {
            case Number number ->
                number instanceof Integer || number instanceof Long || isExact(number) ? number : number.toString();
            case Boolean truth -> truth;
            case List<?> list -> {
                List<Object> all = new ArrayList<>();
                list.forEach(one -> all.add(readable(one)));
                yield all;
            }
            case Map<?, ?> map -> {
                Map<String, Object> all = new LinkedHashMap<>();
                map.forEach((key, one) -> all.put(readable(key).toString(), readable(one)));
                yield all;
            }
            case Record record -> isSingle(record) ? readable(single(record)) : of(record);
            default -> value.toString();
        };
    }

    private static boolean isExact(Number number) {
        return number instanceof BigDecimal || number instanceof BigInteger;
    }

    /** An id: a record of one value. */
    private static boolean isSingle(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        return components.length == 1 && components[0].getName().equals(SINGLE);
    }

    private static Object single(Record record) {
        Object value = get(record.getClass().getRecordComponents()[0], record);
        if (value == null) {
            throw new IllegalStateException("an id has a value");
        }
        return value;
    }

    private static boolean isOfTheStudio(RecordComponent component) {
        PersonalData mark = component.getAnnotation(PersonalData.class);
        return mark != null && mark.purpose().equals(OF_THE_STUDIO);
    }

    private static @Nullable Object get(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's component can be read: " + component.getName());
        }
    }
}
