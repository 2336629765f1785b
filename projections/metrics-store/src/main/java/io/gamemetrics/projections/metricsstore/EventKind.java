package io.gamemetrics.projections.metricsstore;

import java.util.Locale;
import java.util.Optional;

/** Types of events as they are sent and stored. The codes are in the database for ever. */
public enum EventKind {
    PLAYER_REGISTERED(1),
    SESSION_STARTED(2),
    SESSION_ENDED(3),
    PROGRESSION(4),
    SCORE_SUBMITTED(5),
    PURCHASE(6),
    PURCHASE_REFUNDED(7),
    RESOURCE_FLOW(8),
    AD_VIEWED(9),
    ITEM_INTERACTED(10),
    ACHIEVEMENT_UNLOCKED(11),
    PLAYER_LINKED(12),
    ERROR_REPORTED(13),
    CUSTOM(14);

    private final short code;

    EventKind(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }

    /** The type's name as senders write it. */
    public String typeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<EventKind> ofTypeName(String typeName) {
        for (EventKind kind : values()) {
            if (kind.typeName().equals(typeName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static EventKind ofCode(int code) {
        for (EventKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no event kind has this code: " + code);
    }
}
