package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Offer;
import io.gamemetrics.infrastructure.replays.Standing;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A projection as operators see it.
 *
 * @param version the one readers ask; absent, and with it what follows, only while the first is being made
 * @param lagSeconds how old the oldest event is that readers do not see yet: it grows while nobody handles any
 * @param eventsPerSecond over the last seconds
 * @param instances processes at work on it
 * @param quarantined streams whose events wait
 * @param offers replays that would count something otherwise
 * @param problems one sentence for each partition where something is wrong
 */
record ProjectionDocument(
        String name,
        boolean rebuildable,
        @Nullable Integer version,
        @Nullable Long lagSeconds,
        double eventsPerSecond,
        long instances,
        int quarantined,
        List<String> problems,
        List<OfVersion> versions,
        List<OfferDocument> offers) {

    /** One version. */
    record OfVersion(
            int number,
            String state,
            @Nullable String position,
            @Nullable Long lagSeconds,
            double eventsPerSecond,
            long instances,
            int quarantined,
            List<String> problems) {

        static OfVersion of(Version version, VersionProgress progress, int partitions) {
            Standing standing = Standing.of(progress, partitions);
            Position position = standing.position();
            return new OfVersion(
                    version.number(),
                    version.state().name(),
                    position == null ? null : position.toString(),
                    standing.lagSeconds(),
                    standing.eventsPerSecond(),
                    standing.instances(),
                    standing.quarantined(),
                    standing.problems());
        }
    }

    static ProjectionDocument of(KnownProjection projection, List<OfVersion> versions, List<Offer> offers) {
        OfVersion active = versions.stream()
                .filter(version -> version.state().equals(Version.State.ACTIVE.name()))
                .findFirst()
                .orElse(null);
        return new ProjectionDocument(
                projection.name(),
                projection.isRebuildable(),
                active == null ? null : active.number(),
                active == null ? null : active.lagSeconds(),
                active == null ? 0 : active.eventsPerSecond(),
                active == null ? 0 : active.instances(),
                active == null ? 0 : active.quarantined(),
                active == null ? List.of() : active.problems(),
                versions,
                offers.stream().map(OfferDocument::of).toList());
    }
}
