package io.gamemetrics.commandside.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayAction;
import io.gamemetrics.infrastructure.replays.Standing;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay as operators see it.
 *
 * @param position everything at or before it is in the new version; absent before its first events
 * @param head the event store's last position
 * @param percent of the positions up to the head, one decimal
 * @param eventsPerSecond over the last seconds
 * @param etaSeconds until it has caught up; absent: never, as things go now, or not known yet, or it is paused
 * @param neverCatchesUp which of them: whether events come in at least as fast as it goes
 * @param part how much is rebuilt; absent: all of it
 * @param comparison the latest one; absent before the first
 * @param lagSeconds how old the oldest event is that is not in the new version
 */
record ReplayDocument(
        String replayId,
        String projection,
        int version,
        int replaces,
        String phase,
        boolean paused,
        @Nullable String position,
        @Nullable String head,
        double percent,
        double eventsPerSecond,
        @Nullable Long etaSeconds,
        boolean neverCatchesUp,
        @Nullable Long lagSeconds,
        Proofs.Tally proof,
        @Nullable PartDocument part,
        @Nullable ComparisonDocument comparison,
        @Nullable Integer limitEventsPerSecond,
        @JsonProperty("switch") String switchWhen,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String problem,
        List<ReplayAction> actions) {

    static ReplayDocument of(
            Replay replay,
            VersionProgress progress,
            int partitions,
            Proofs.Tally proof,
            @Nullable PartDocument part,
            @Nullable ComparisonDocument comparison,
            List<ReplayAction> actions) {
        Standing standing =
                Standings.OfReplay.of(replay, progress, partitions, proof).standing();
        return new ReplayDocument(
                replay.id().toString(),
                replay.projection(),
                replay.version(),
                replay.replaces(),
                replay.phase().name(),
                replay.paused(),
                text(standing.position()),
                text(standing.head()),
                standing.percent(),
                standing.eventsPerSecond(),
                standing.etaSeconds(),
                standing.neverCatchesUp(),
                standing.lagSeconds(),
                proof,
                part,
                comparison,
                replay.wish().eventsPerSecond(),
                replay.wish().switchWhen().name(),
                replay.begunAt(),
                replay.endedAt(),
                replay.problem(),
                actions);
    }

    private static @Nullable String text(@Nullable Position position) {
        return position == null ? null : position.toString();
    }
}
