package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.ReadEvent.Malformed;
import io.gamemetrics.commandside.ingestion.ReadEvent.WellFormed;
import io.gamemetrics.commandside.player.NearestName;
import io.gamemetrics.commandside.player.Refusal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Checks one event's fields against the table of its type and makes an event of them. */
final class EventReader {

    static final String NOT_AN_OBJECT = "event.notObject";
    static final String TOO_LARGE = "event.tooLarge";
    static final String FIELD_UNKNOWN = "event.field.unknown";
    static final String FIELD_REPEATED = "event.field.repeated";
    static final int MAX_EVENT_BYTES = 32 * 1024;

    private EventReader() {}

    static ReadEvent read(int index, JsonFields fields) {
        try {
            return new Reading(fields).event(index);
        } catch (Refused refused) {
            return new Malformed(index, eventIdIn(fields), refused.refusal);
        }
    }

    static Malformed notAnObject(int index) {
        return new Malformed(index, null, new Refusal(NOT_AN_OBJECT, "", "an event must be an object"));
    }

    static Malformed tooLarge(int index, int bytes) {
        return new Malformed(
                index,
                null,
                new Refusal(TOO_LARGE, "", "an event must have at most " + MAX_EVENT_BYTES + " bytes: bytes=" + bytes));
    }

    /** The id as far as it is one: what is sent in its place may be personal. */
    private static @Nullable String eventIdIn(JsonFields fields) {
        Object raw = fields.get(Envelope.EVENT_ID.name());
        try {
            return raw == null ? null : (String) Envelope.EVENT_ID.kind().read(raw);
        } catch (FieldRefusal e) {
            return null;
        }
    }

    /** Ends the reading of one event. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        Refused(String code, String pointer, String message) {
            super(code, null, false, false);
            refusal = new Refusal(code, pointer, message);
        }
    }

    private record Reading(JsonFields fields) {

        ReadEvent event(int index) {
            String type = (String) value(Envelope.TYPE, true);
            EventShape shape = type == null ? null : EventShapes.BY_TYPE.get(type);
            if (shape == null) {
                throw new Refused(
                        Envelope.TYPE.code(FieldProblem.UNKNOWN),
                        Envelope.TYPE.pointer(),
                        "type: unknown; the nearest is '"
                                + NearestName.of(String.valueOf(type), EventShapes.BY_TYPE.keySet()) + "'");
            }
            refuseUnknown(shape);
            FieldValues values = new FieldValues();
            for (Field field : Envelope.FIELDS.values()) {
                take(field, shape.requires(field), values);
            }
            for (Field field : shape.own().values()) {
                take(field, shape.requires(field), values);
            }
            refuseHalfAnAmount(shape, values);
            Envelope envelope = Envelope.of(values);
            return new WellFormed(index, envelope.player(), shape.content().of(envelope, values));
        }

        private void take(Field field, boolean required, FieldValues values) {
            Object value = value(field, required);
            if (value != null) {
                values.put(field.name(), value);
            }
        }

        private @Nullable Object value(Field field, boolean required) {
            Object raw = fields.get(field.name());
            if (raw == null) {
                if (required) {
                    throw refused(field, FieldProblem.MISSING, "is required");
                }
                return null;
            }
            try {
                return field.kind().read(raw);
            } catch (FieldRefusal e) {
                throw refused(field, e.problem(), e.message());
            }
        }

        private void refuseUnknown(EventShape shape) {
            if (fields.repeated() != null) {
                throw new Refused(FIELD_REPEATED, "", "a field stands there twice");
            }
            for (String name : fields.names()) {
                if (shape.field(name) == null) {
                    String nearest = NearestName.of(name, shape.names());
                    throw new Refused(
                            FIELD_UNKNOWN,
                            "/" + pointerPart(name),
                            "unknown field; the nearest of " + shape.type() + " is '" + nearest + "'");
                }
            }
        }

        /** An ad's revenue without its currency, or the other way round, says nothing. */
        private static void refuseHalfAnAmount(EventShape shape, FieldValues values) {
            Field revenue = shape.own().get("revenueMicros");
            Field currency = shape.own().get("currency");
            if (revenue == null || currency == null) {
                return;
            }
            boolean hasRevenue = values.optionalWhole("revenueMicros") != null;
            boolean hasCurrency = values.optional("currency", Currency.class) != null;
            if (hasRevenue != hasCurrency) {
                throw refused(
                        hasRevenue ? currency : revenue,
                        FieldProblem.MISSING,
                        "revenueMicros and currency belong together");
            }
        }

        private static Refused refused(Field field, FieldProblem problem, String message) {
            return new Refused(field.code(problem), field.pointer(), field.name() + ": " + message);
        }

        /** RFC 6901; shortened, because a name that is not a field's may be anything. */
        private static String pointerPart(String name) {
            String part = name.substring(0, Math.min(name.length(), 64));
            return part.replace("~", "~0").replace("/", "~1");
        }
    }
}
