package io.gamemetrics.queryside.replay;

import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Standing;
import io.gamemetrics.infrastructure.replays.Standings.OfReplay;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay as operators see it, by the nouns of {@code GET /v1/replays/{id}}.
 *
 * @param id told as {@code replayId}
 * @param switchWhen told as {@code switch}
 */
public record SeenReplay(
        UUID id,
        String projection,
        int version,
        int replaces,
        Replay.Phase phase,
        boolean paused,
        @Nullable Position position,
        @Nullable Position head,
        double percent,
        long eventsPerSecond,
        @Nullable Long etaSeconds,
        boolean neverCatchesUp,
        @Nullable Long lagSeconds,
        Proofs.Tally proof,
        @Nullable Integer limitEventsPerSecond,
        ReplayWish.SwitchWhen switchWhen,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String problem) {

    static SeenReplay of(OfReplay of) {
        Replay replay = of.replay();
        Standing standing = of.standing();
        return new SeenReplay(
                replay.id(),
                replay.projection(),
                replay.version(),
                replay.replaces(),
                replay.phase(),
                replay.paused(),
                standing.position(),
                standing.head(),
                standing.percent(),
                standing.eventsPerSecond(),
                standing.etaSeconds(),
                standing.neverCatchesUp(),
                standing.lagSeconds(),
                of.proof(),
                replay.wish().eventsPerSecond(),
                replay.wish().switchWhen(),
                replay.begunAt(),
                replay.endedAt(),
                replay.problem());
    }
}
