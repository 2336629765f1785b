package io.gamemetrics.sharedkernel.ids;

import java.util.regex.Pattern;

/** The sender's id of one event, unique per game and player: 1 to 64 of {@code [A-Za-z0-9._:-]}. */
public record EventId(String value) {

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public EventId {
        Text.matching("eventId", value, PATTERN, "1 to 64 of [A-Za-z0-9._:-]");
    }

    @Override
    public String toString() {
        return value;
    }
}
