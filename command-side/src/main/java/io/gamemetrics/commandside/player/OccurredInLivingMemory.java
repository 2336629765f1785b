package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event occurred in 2000 or later, and not further in the future than a clock may be wrong. */
record OccurredInLivingMemory(Instant receivedAt) implements Rule {

    static final String FUTURE = "event.occurredAt.future";
    static final String TOO_OLD = "event.occurredAt.tooOld";

    private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(24);

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        return refusal(event);
    }

    @Nullable
    Refusal refusal(PlayerEvent event) {
        Instant occurredAt = event.header().occurredAt();
        if (occurredAt.isAfter(receivedAt.plus(CLOCK_TOLERANCE))) {
            return new Refusal(FUTURE, "/occurredAt", "occurredAt: more than 24 hours in the future");
        }
        if (occurredAt.isBefore(OLDEST)) {
            return new Refusal(TOO_OLD, "/occurredAt", "occurredAt: before 2000-01-01T00:00:00Z");
        }
        return null;
    }
}
