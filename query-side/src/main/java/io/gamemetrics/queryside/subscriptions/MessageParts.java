package io.gamemetrics.queryside.subscriptions;

import org.jspecify.annotations.Nullable;

/** The parts of a message that have come so far. Used by one thread at a time. */
final class MessageParts {

    private static final int MAX_CHARACTERS = 65_536;

    private @Nullable StringBuilder parts;

    /** Whether the message would not become too large. */
    boolean haveRoomFor(String part) {
        int before = parts == null ? 0 : parts.length();
        return before + part.length() <= MAX_CHARACTERS;
    }

    /** The whole message, with its last part; absent before. */
    @Nullable
    String add(String part, boolean last) {
        if (parts == null && last) {
            return part;
        }
        parts = parts == null ? new StringBuilder() : parts;
        parts.append(part);
        if (!last) {
            return null;
        }
        String message = parts.toString();
        parts = null;
        return message;
    }
}
