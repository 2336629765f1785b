package io.gamemetrics.infrastructure.eventcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several read models are handed the same event: whatever it is made of, none of them can change it for the others. */
class PayloadsAreImmutableTest {

    @Test
    void noEventCanBeChanged() {
        RandomEvents random = new RandomEvents(17);
        List<String> changeable = new ArrayList<>();
        for (EventType type : EventCatalog.current().types()) {
            for (int i = 0; i < 50; i++) {
                find(random.make(type.payload()), type.name(), changeable);
            }
        }

        assertThat(changeable).isEmpty();
    }

    @Test
    void whatCouldBeChangedIsFound() {
        List<String> changeable = new ArrayList<>();

        find(
                new Loose(
                        new ArrayList<>(List.of("a")),
                        List.of(new StringBuilder("b")),
                        new HashMap<>(Map.of("c", "d")),
                        new byte[1]),
                "loose",
                changeable);

        assertThat(changeable).containsExactly("loose.list", "loose.inside.0", "loose.map", "loose.array");
    }

    private record Loose(List<String> list, List<StringBuilder> inside, Map<String, String> map, byte[] array) {}

    private static void find(@Nullable Object value, String path, List<String> changeable) {
        switch (value) {
            case null -> {}
            case String _, Number _, Boolean _, Enum<?> _, Instant _, LocalDate _, ZoneId _, Currency _, UUID _ ->
                requirePlain(value, path, changeable);
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    find(valueOf(component, record), path + "." + component.getName(), changeable);
                }
            }
            // Copying what can't be changed gives the same again.
            case List<?> list when isSame(List.copyOf(list), list) -> findIn(list, path, changeable);
            case Map<?, ?> map
            when isSame(Map.copyOf(map), map) -> {
                findIn(map.keySet(), path, changeable);
                findIn(map.values(), path, changeable);
            }
            default -> changeable.add(path);
        }
    }

    private static void findIn(Collection<?> values, String path, List<String> changeable) {
        int index = 0;
        for (Object value : values) {
            find(value, path + "." + index++, changeable);
        }
    }

    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    /** Of numbers only those of the language: counters that can be changed are numbers too. */
    private static void requirePlain(Object value, String path, List<String> changeable) {
        if (value instanceof Number
                && !List.of(Integer.class, Long.class, Double.class, BigDecimal.class, BigInteger.class)
                        .contains(value.getClass())) {
            changeable.add(path);
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
