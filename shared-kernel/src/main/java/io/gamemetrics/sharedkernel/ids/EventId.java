package io.gamemetrics.sharedkernel.ids;

/** The sender's id of one event, unique per game and player: 1 to 64 of {@code [A-Za-z0-9._:-]}. */
public record EventId(String value) {

    public EventId {
        Text.of("eventId", value, 64, EventId::isAllowed, "1 to 64 of [A-Za-z0-9._:-]");
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
