package io.gamemetrics.queryside.replay;

import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Offer;
import io.gamemetrics.infrastructure.replays.Standing;
import io.gamemetrics.infrastructure.replays.Standings.OfProjection;
import io.gamemetrics.infrastructure.replays.Standings.OfVersion;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A projection as operators see it, by the nouns of {@code GET /v1/projections}.
 *
 * @param version the one readers ask; absent, and with it what follows, only while the first is being made
 */
public record SeenProjection(
        String name,
        boolean rebuildable,
        @Nullable Integer version,
        @Nullable Long lagSeconds,
        long eventsPerSecond,
        long instances,
        int quarantined,
        List<String> problems,
        List<SeenVersion> versions,
        List<SeenOffer> offers) {

    static SeenProjection of(OfProjection of) {
        Optional<OfVersion> active = of.active();
        Optional<Standing> standing = active.map(OfVersion::standing);
        return new SeenProjection(
                of.projection().name(),
                of.projection().isRebuildable(),
                active.map(version -> version.version().number()).orElse(null),
                standing.map(Standing::lagSeconds).orElse(null),
                standing.map(Standing::eventsPerSecond).orElse(0L),
                standing.map(Standing::instances).orElse(0L),
                standing.map(Standing::quarantined).orElse(0),
                standing.map(Standing::problems).orElse(List.of()),
                of.versions().stream().map(SeenVersion::of).toList(),
                of.offers().stream().map(SeenOffer::of).toList());
    }

    /** A replay that would count something otherwise. */
    public record SeenOffer(
            UUID offerId,
            Occasion.Reason reason,
            @Nullable String game,
            @Nullable String board,
            Instant since,
            int version,
            String detail) {

        static SeenOffer of(Offer offer) {
            Occasion occasion = offer.occasion();
            return new SeenOffer(
                    offer.id(),
                    occasion.reason(),
                    occasion.game(),
                    occasion.board(),
                    offer.since(),
                    offer.version(),
                    occasion.detail());
        }
    }

    /** One version of its read model. */
    public record SeenVersion(
            int number,
            Version.State state,
            @Nullable Position position,
            @Nullable Long lagSeconds,
            long eventsPerSecond,
            long instances,
            int quarantined,
            List<String> problems) {

        static SeenVersion of(OfVersion of) {
            Standing standing = of.standing();
            return new SeenVersion(
                    of.version().number(),
                    of.version().state(),
                    standing.position(),
                    standing.lagSeconds(),
                    standing.eventsPerSecond(),
                    standing.instances(),
                    standing.quarantined(),
                    standing.problems());
        }
    }
}
