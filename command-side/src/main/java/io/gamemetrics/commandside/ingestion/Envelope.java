package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.FieldKind.Country;
import io.gamemetrics.commandside.ingestion.FieldKind.Formed;
import io.gamemetrics.commandside.ingestion.FieldKind.Text;
import io.gamemetrics.commandside.ingestion.FieldKind.Texts;
import io.gamemetrics.commandside.ingestion.FieldKind.Time;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields every event has. */
record Envelope(EventHeader header, @Nullable PlayerId player) {

    static final String OWNER = "event";
    static final Field TYPE = new Field(OWNER, "type", new Text(64), true);
    static final Field EVENT_ID = new Field(
            OWNER,
            "eventId",
            new Formed(Pattern.compile("[A-Za-z0-9._:-]{1,64}"), 64, "1 to 64 of [A-Za-z0-9._:-]"),
            true);
    static final Field PLAYER_ID = new Field(OWNER, "playerId", new Text(128), false);
    static final Field SESSION_ID = new Field(OWNER, "sessionId", new Text(256), false);
    static final Field OCCURRED_AT = new Field(OWNER, "occurredAt", new Time(), true);

    /** By name, in the order of the documentation. */
    static final Map<String, Field> FIELDS = new LinkedHashMap<>();

    static {
        Stream.of(
                        EVENT_ID,
                        TYPE,
                        PLAYER_ID,
                        SESSION_ID,
                        OCCURRED_AT,
                        new Field(OWNER, "platform", new Text(256), false),
                        new Field(OWNER, "country", new Country(), false),
                        new Field(OWNER, "appVersion", new Text(256), false),
                        new Field(OWNER, "experiments", new Texts(20, 256), false))
                .forEach(field -> FIELDS.put(field.name(), field));
    }

    static Envelope of(FieldValues values) {
        String session = values.optionalText(SESSION_ID.name());
        String player = values.optionalText(PLAYER_ID.name());
        Dimensions dimensions = new Dimensions(
                values.optionalText("platform"),
                values.optionalText("country"),
                values.optionalText("appVersion"),
                values.map("experiments"));
        EventHeader header = new EventHeader(
                new EventId(values.text(EVENT_ID.name())),
                values.required(OCCURRED_AT.name(), Instant.class),
                session == null ? null : new SessionId(session),
                dimensions,
                false);
        return new Envelope(header, player == null ? null : new PlayerId(player));
    }
}
