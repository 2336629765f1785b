package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of any shape from a seed: every component at random, absent now and then where it may be. */
final class RandomEvents {

    private static final List<String> ALPHABETS = List.of(
            "abcXYZ0189",
            "äöüßéñ",
            "日本語中文",
            "\"\\/\u0000\u001f\u007f\n\t",
            "😀🎮👨",
            "\u2028\uFFFD\uFEFF",
            "{}[]:,<>&'");
    private static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
    private static final List<Currency> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .sorted((a, b) -> a.getCurrencyCode().compareTo(b.getCurrencyCode()))
            .toList();

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    /** A record of this class, whatever its components are. */
    <T> T make(Class<T> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            @Nullable
            Object[] values = Arrays.stream(components)
                    .map(component -> absent(component) ? null : value(component.getName(), component.getGenericType()))
                    .toArray();
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type.getName(), e);
        }
    }

    private boolean absent(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class) && random.nextInt(4) == 0;
    }

    private Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class
                    ? list(name, last)
                    : map(generic.getActualTypeArguments()[0], last);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return pick(List.of(plain.getEnumConstants()));
        }
        return switch (plain.getSimpleName()) {
            case "String" -> text(20);
            case "Long", "long" -> name.contains("icros") ? positive() : anyLong();
            case "Integer", "int" -> random.nextInt();
            case "boolean" -> random.nextBoolean();
            case "BigDecimal" -> decimal();
            case "BigInteger" -> new BigInteger(random.nextInt(200), random).subtract(BigInteger.TEN);
            case "Instant" -> instant();
            case "LocalDate" -> LocalDate.ofEpochDay(random.nextInt(-1_000_000, 1_000_000));
            case "ZoneId" -> pick(ZONES);
            case "Currency" -> pick(CURRENCIES);
            case "UUID" -> new UUID(random.nextLong(), random.nextLong());
            case "EventId" -> new EventId(ascii());
            case "GameId" -> new GameId("g" + random.nextInt(1_000_000));
            case "PlayerId" -> new PlayerId("p" + text(20));
            case "SessionId" -> new SessionId("s" + text(20));
            case "Object" -> fieldValue();
            default -> make(plain);
        };
    }

    private List<Object> list(String name, Type element) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(name, element));
        }
        return list;
    }

    private Map<Object, Object> map(Type key, Type value) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(value("", key), value("", value));
        }
        return map;
    }

    /** What a sender's field may hold, also in forms no parser of ours makes. */
    private Object fieldValue() {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextInt();
            case 2 -> anyLong();
            case 3 -> new BigInteger(random.nextInt(200), random);
            case 4 -> random.nextGaussian();
            case 5 -> decimal();
            default -> text(40) + (random.nextInt(10) == 0 ? "\ud83d" : "");
        };
    }

    private BigDecimal decimal() {
        return switch (random.nextInt(5)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(100));
            case 1 -> BigDecimal.valueOf(anyLong());
            case 2 -> new BigDecimal("0E-10");
            case 3 -> new BigDecimal(new BigInteger(random.nextInt(1, 300), random).negate(), random.nextInt(-40, 40));
            default -> BigDecimal.valueOf(random.nextLong(-1_000_000, 1_000_000), random.nextInt(-3, 9));
        };
    }

    private Instant instant() {
        return switch (random.nextInt(3)) {
            case 0 -> Instant.ofEpochMilli(random.nextLong(-4_000_000_000_000L, 4_000_000_000_000L));
            case 1 ->
                Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 4_000_000_000L), random.nextInt(1_000_000_000));
            default -> Instant.ofEpochMilli(1_795_342_530_123L);
        };
    }

    private long anyLong() {
        return switch (random.nextInt(5)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextInt(100);
            default -> random.nextLong();
        };
    }

    private long positive() {
        return random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong(1L << 40);
    }

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            int[] alphabet = pick(ALPHABETS).codePoints().toArray();
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private String ascii() {
        return Long.toString(random.nextLong(Long.MAX_VALUE), 36) + ":._-";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
