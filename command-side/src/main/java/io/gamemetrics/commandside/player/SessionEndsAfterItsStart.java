package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session's end did not occur before its start; judged by when they occurred, whichever arrives first. */
record SessionEndsAfterItsStart() implements Rule {

    static final String END_BEFORE_START = "session.end.beforeStart";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        SessionId id = event.header().sessionId();
        if (id == null) {
            return null;
        }
        SessionFacts session = facts.session(id);
        Instant occurredAt = event.header().occurredAt();
        SessionFacts.Start start = session.start();
        if (event instanceof SessionEnded && start != null && occurredAt.isBefore(start.occurredAt())) {
            return new Refusal(END_BEFORE_START, "/occurredAt", "occurredAt: this end is before its session's start");
        }
        if (event instanceof SessionStarted && session.endedBefore(occurredAt)) {
            return new Refusal(END_BEFORE_START, "/occurredAt", "occurredAt: this start is after its session's end");
        }
        return null;
    }
}
