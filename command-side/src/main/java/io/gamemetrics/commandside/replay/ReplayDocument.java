package io.gamemetrics.commandside.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayAction;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A replay as operators see it.
 *
 * @param position everything at or before it is in the new version; absent before its first events
 * @param head the event store's last position
 * @param percent of the positions up to the head, one decimal
 * @param eventsPerSecond over the last seconds
 * @param etaSeconds until it has caught up; absent: never, as things go now, or not known yet
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
        @Nullable Long lagSeconds,
        Proofs.Tally proof,
        @Nullable Integer limitEventsPerSecond,
        @JsonProperty("switch") String switchWhen,
        Instant begunAt,
        @Nullable Instant endedAt,
        @Nullable String problem,
        List<ReplayAction> actions) {

    static ReplayDocument of(
            Replay replay, VersionProgress progress, int partitions, Proofs.Tally proof, List<ReplayAction> actions) {
        Optional<Position> position = progress.position(partitions);
        long at = position.map(Position::number).orElse(0L);
        long head = progress.head();
        OptionalLong eta = replay.paused() ? OptionalLong.empty() : progress.etaSeconds(partitions);
        return new ReplayDocument(
                replay.id().toString(),
                replay.projection(),
                replay.version(),
                replay.replaces(),
                replay.phase().name(),
                replay.paused(),
                position.map(Position::toString).orElse(null),
                position.map(from -> new Position(from.incarnation(), head).toString())
                        .orElse(null),
                head == 0 ? 0 : Math.floor(1_000.0 * Math.min(at, head) / head) / 10,
                Math.round(progress.eventsPerSecond()),
                eta.isPresent() ? eta.getAsLong() : null,
                progress.lag(partitions).map(Duration::toSeconds).orElse(null),
                proof,
                replay.wish().eventsPerSecond(),
                replay.wish().switchWhen().name(),
                replay.begunAt(),
                replay.endedAt(),
                replay.problem(),
                actions);
    }
}
