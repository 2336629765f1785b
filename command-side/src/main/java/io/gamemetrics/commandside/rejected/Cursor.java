package io.gamemetrics.commandside.rejected;

import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Place;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has come; opaque to callers.
 *
 * @param place of the last entry they have seen
 * @param until entries received from then on are not part of this walk
 */
record Cursor(Place place, Instant until) {

    private static final byte VERSION = 1;

    /**
     * Reads what {@link #toString} wrote; absent stays absent.
     *
     * @throws Refusal when it is something else
     */
    static @Nullable Cursor of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION || bytes.remaining() != 3 * Long.BYTES) {
                throw malformed();
            }
            return new Cursor(new Place(instant(bytes.getLong()), bytes.getLong()), instant(bytes.getLong()));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw malformed();
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(1 + 3 * Long.BYTES)
                        .put(VERSION)
                        .putLong(micros(place.receivedAt()))
                        .putLong(place.id())
                        .putLong(micros(until))
                        .array());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        // Within PostgreSQL's years, whatever somebody made up.
        return Instant.EPOCH.plus(Math.clamp(micros, 0, Integer.MAX_VALUE * 1_000_000L), ChronoUnit.MICROS);
    }

    private static Refusal malformed() {
        return new Refusal(RequestProblem.PARAMETER_MALFORMED, "A parameter has the wrong form: after");
    }
}
