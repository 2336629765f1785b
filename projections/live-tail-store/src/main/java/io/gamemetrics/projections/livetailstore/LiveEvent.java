package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The field of all others. */
    static final String PACKED = "event";

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

    /**
     * All of it but the position and the player, as {@link PackedTexts}: field, value, field, value, …. Fields may be added;
     * what one means never changes. In an entry it is one field, {@value #PACKED}, because Redis, the script and the client
     * each pay by the number of texts; the player is one beside it, for those who look for a player.
     */
    String packed() {
        StringBuilder packed = new StringBuilder(256);
        add(packed, TYPE, type);
        add(packed, OCCURRED_AT, Long.toString(occurredAt.toEpochMilli()));
        add(packed, STORED_AT, Long.toString(storedAt.toEpochMilli()));
        add(packed, PLATFORM, platform);
        add(packed, COUNTRY, country);
        add(packed, APP_VERSION, appVersion);
        add(packed, NAME, name);
        experiments.forEach((experiment, arm) -> add(packed, EXPERIMENT + experiment, arm));
        facts.forEach((fact, value) -> add(packed, FACT + fact, value));
        return packed.toString();
    }

    private static void add(StringBuilder packed, String field, @Nullable String value) {
        if (value != null) {
            PackedTexts.add(packed, field);
            PackedTexts.add(packed, value);
        }
    }

    /**
     * An entry's fields and their values, what is packed in one opened. Builds before this one wrote each field by itself, which
     * is read as well; what can't be opened stays as it is.
     *
     * @param texts field, value, field, value, …
     */
    static List<String> opened(List<String> texts) {
        List<String> opened = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            List<String> field = texts.subList(i, i + 2);
            opened.addAll(
                    texts.get(i).equals(PACKED)
                            ? PackedTexts.of(texts.get(i + 1)).orElse(field)
                            : field);
        }
        return opened;
    }

    /** An entry's fields by the names senders know. */
    static Map<String, Object> readable(List<String> entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<String> texts = opened(entry);
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            String field = texts.get(i);
            String value = texts.get(i + 1);
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
        }
        return fields;
    }

    /** @param entry field, value, field, value, … */
    static LiveEvent read(Position position, List<String> entry) {
        List<String> texts = opened(entry);
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
