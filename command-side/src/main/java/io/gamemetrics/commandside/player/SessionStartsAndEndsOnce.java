package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import org.jspecify.annotations.Nullable;

/** A session has one start and one end; a second of either is refused, whichever arrives later. */
record SessionStartsAndEndsOnce() implements Rule {

    static final String CONFLICT = "session.conflict";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        SessionId id = event.header().sessionId();
        if (id == null) {
            return null;
        }
        SessionFacts session = facts.session(id);
        if (event instanceof SessionStarted && session.start() != null) {
            return new Refusal(CONFLICT, "/sessionId", "sessionId: this session has another start");
        }
        if (event instanceof SessionEnded && session.end() != null) {
            return new Refusal(CONFLICT, "/sessionId", "sessionId: this session has another end");
        }
        return null;
    }
}
