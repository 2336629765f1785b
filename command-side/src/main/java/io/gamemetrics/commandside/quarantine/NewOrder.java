package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is ordered, as it is sent.
 *
 * @param stream the one that is meant; a retry may name a {@code cause} instead, and means all that wait for it
 * @param position of the event that is passed over; absent: the one the stream waits for
 * @param reason why an event is passed over, in the operator's words
 */
record NewOrder(
        @Nullable String projection,
        @Nullable String stream,
        @Nullable String cause,
        @Nullable String position,
        @Nullable String reason) {

    static final int MOST_REASON = 500;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern CAUSE = Pattern.compile("[a-zA-Z][a-zA-Z.]{0,127}");

    String projectionName() {
        if (projection == null || !NAME.matcher(projection).matches()) {
            throw invalid("/projection", "the name of a projection");
        }
        return projection;
    }

    boolean isForOneStream() {
        if ((stream == null) == (cause == null)) {
            throw invalid("/stream", "either a stream or a cause");
        }
        return stream != null;
    }

    UUID streamId() {
        try {
            return UUID.fromString(stream == null ? "" : stream);
        } catch (IllegalArgumentException e) {
            throw invalid("/stream", "a stream as it is listed");
        }
    }

    String causeWord() {
        if (cause == null || !CAUSE.matcher(cause).matches()) {
            throw invalid("/cause", "a cause as it is listed");
        }
        return cause;
    }

    @Nullable
    Position place() {
        try {
            return position == null ? null : Position.parse(position);
        } catch (IllegalArgumentException e) {
            throw invalid("/position", "a position as it is listed");
        }
    }

    String why() {
        String text = reason == null ? "" : reason.strip();
        if (text.isEmpty() || text.length() > MOST_REASON || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("/reason", "one line of 1 to " + MOST_REASON + " characters that says why");
        }
        return text;
    }

    private static Refusal invalid(String pointer, String wanted) {
        return new Refusal(QuarantineProblem.FIELD_INVALID, "Wanted: " + wanted + ".").with("pointer", pointer);
    }
}
