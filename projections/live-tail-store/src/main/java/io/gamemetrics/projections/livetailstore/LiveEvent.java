package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the live tail shows it, without anything that names a person.
 *
 * @param type as it is sent, for example {@code purchase}
 * @param name what the sender called a custom event; absent for all others
 * @param player the pseudonym; absent for an event without a player
 * @param occurredAt to the millisecond
 * @param storedAt to the millisecond
 * @param experiments arm by experiment
 * @param facts what else was sent and is not personal, by the names it was sent under
 */
public record LiveEvent(
        Position position,
        String type,
        @Nullable String name,
        @Nullable UUID player,
        Instant occurredAt,
        Instant storedAt,
        @Nullable String platform,
        @Nullable String country,
        @Nullable String appVersion,
        Map<String, String> experiments,
        Map<String, String> facts) {

    private static final String TYPE = "type";
    private static final String NAME = "name";
    /** The field of the pseudonym. */
    static final String PLAYER = "player";

    private static final String OCCURRED_AT = "at";
    private static final String STORED_AT = "stored";
    private static final String PLATFORM = "platform";
    private static final String COUNTRY = "country";
    private static final String APP_VERSION = "version";
    private static final String EXPERIMENT = "x:";
    private static final String FACT = "f:";

    public LiveEvent {
        experiments = Map.copyOf(experiments);
        facts = Map.copyOf(facts);
    }

    /** Field, value, field, value, …: how it lies in Redis. Fields may be added; what one means never changes. */
    void write(List<String> texts) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put(TYPE, type);
        fields.put(OCCURRED_AT, Long.toString(occurredAt.toEpochMilli()));
        fields.put(STORED_AT, Long.toString(storedAt.toEpochMilli()));
        fields.put(PLAYER, player == null ? null : player.toString());
        fields.put(PLATFORM, platform);
        fields.put(COUNTRY, country);
        fields.put(APP_VERSION, appVersion);
        fields.put(NAME, name);
        // In order, so that Redis finds the same fields as in the entry before and does not store their names again.
        new TreeMap<>(experiments).forEach((experiment, arm) -> fields.put(EXPERIMENT + experiment, arm));
        new TreeMap<>(facts).forEach((fact, value) -> fields.put(FACT + fact, value));
        fields.values().removeIf(value -> value == null);
        fields.forEach((field, value) -> {
            texts.add(field);
            texts.add(String.valueOf(value));
        });
    }

    /** An entry's fields by the names senders know. */
    static Map<String, Object> readable(Map<String, String> entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        entry.forEach((field, value) -> {
            switch (field) {
                case OCCURRED_AT -> fields.put("occurredAt", instant(value).toString());
                case STORED_AT -> fields.put("storedAt", instant(value).toString());
                case PLAYER -> fields.put("pseudonym", value);
                default ->
                    fields.put(
                            field.startsWith(FACT)
                                    ? field.substring(FACT.length())
                                    : field.startsWith(EXPERIMENT)
                                            ? "experiment " + field.substring(EXPERIMENT.length())
                                            : field,
                            value);
            }
        });
        return fields;
    }

    static LiveEvent read(Position position, List<String> texts) {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> experiments = new HashMap<>();
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            String field = texts.get(i);
            if (field.startsWith(FACT)) {
                facts.put(field.substring(FACT.length()), texts.get(i + 1));
            } else if (field.startsWith(EXPERIMENT)) {
                experiments.put(field.substring(EXPERIMENT.length()), texts.get(i + 1));
            } else {
                fields.put(field, texts.get(i + 1));
            }
        }
        String player = fields.get(PLAYER);
        return new LiveEvent(
                position,
                fields.getOrDefault(TYPE, ""),
                fields.get(NAME),
                player == null ? null : UUID.fromString(player),
                instant(fields.get(OCCURRED_AT)),
                instant(fields.get(STORED_AT)),
                fields.get(PLATFORM),
                fields.get(COUNTRY),
                fields.get(APP_VERSION),
                experiments,
                facts);
    }

    private static Instant instant(@Nullable String millis) {
        return millis == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
