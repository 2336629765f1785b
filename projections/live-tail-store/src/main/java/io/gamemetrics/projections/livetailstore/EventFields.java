package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The names under which the live tail keeps what an event says. Fields may be added; what one means never changes. */
final class EventFields {

    /** The pseudonym. */
    static final String PLAYER = "player";

    /** The number of the position; an entry of a build that did not know runs says it in its id alone. */
    static final String NUMBER = "n";

    static final String STORED_AT = "stored";
    static final String PLATFORM = "platform";
    static final String COUNTRY = "country";
    static final String APP_VERSION = "version";

    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String OCCURRED_AT = "at";
    private static final String EXPERIMENT = "x:";
    private static final String FACT = "f:";

    private EventFields() {}

    /** Adds which event it is: what comes next is of this one. */
    static void addNumber(StringBuilder packed, LiveEvent event) {
        add(packed, NUMBER, Long.toString(event.position().number()));
    }

    /** Adds what mostly is the same in all events that somebody sends together. */
    static void addShared(StringBuilder packed, LiveEvent event) {
        add(packed, STORED_AT, Long.toString(event.storedAt().toEpochMilli()));
        add(packed, PLATFORM, event.platform());
        add(packed, COUNTRY, event.country());
        add(packed, APP_VERSION, event.appVersion());
    }

    /** Whether {@link #addShared} adds the same of both. */
    static boolean sharedBy(LiveEvent one, LiveEvent other) {
        return one.storedAt().equals(other.storedAt())
                && Objects.equals(one.platform(), other.platform())
                && Objects.equals(one.country(), other.country())
                && Objects.equals(one.appVersion(), other.appVersion());
    }

    /** Adds all else but the player. */
    static void addOwn(StringBuilder packed, LiveEvent event) {
        add(packed, TYPE, event.type());
        add(packed, OCCURRED_AT, Long.toString(event.occurredAt().toEpochMilli()));
        add(packed, NAME, event.name());
        event.experiments().forEach((experiment, arm) -> {
            PackedTexts.add(packed, EXPERIMENT, experiment);
            PackedTexts.add(packed, arm);
        });
        event.facts().forEach((fact, value) -> {
            PackedTexts.add(packed, FACT, fact);
            PackedTexts.add(packed, value);
        });
    }

    private static void add(StringBuilder packed, String field, @Nullable String value) {
        if (value != null) {
            PackedTexts.add(packed, field);
            PackedTexts.add(packed, value);
        }
    }

    /** An event's fields by the names senders know; its position, which they do not, is left out. */
    static Map<String, Object> readable(List<String> texts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            String field = texts.get(i);
            String value = texts.get(i + 1);
            switch (field) {
                case NUMBER -> {}
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

    /**
     * The event whose texts these are.
     *
     * @param entry the position that its entry's id says
     * @param texts field, value, field, value, …
     */
    static LiveEvent read(Position entry, List<String> texts) {
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
        String number = fields.get(NUMBER);
        String player = fields.get(PLAYER);
        return new LiveEvent(
                number == null ? entry : new Position(entry.incarnation(), Long.parseLong(number)),
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
