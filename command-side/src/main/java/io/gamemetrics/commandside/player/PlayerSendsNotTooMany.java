package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import org.jspecify.annotations.Nullable;

/** No more events of a player occurred in one minute than the game allows. */
record PlayerSendsNotTooMany(int eventsPerMinute) implements Rule {

    static final String TOO_MANY = "player.tooMany";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        return facts.eventsIn(MinuteCounts.minuteOf(event.header().occurredAt())) < eventsPerMinute
                ? null
                : new Refusal(
                        TOO_MANY,
                        "/occurredAt",
                        "playerId: more than " + eventsPerMinute + " events of this player in one minute");
    }
}
