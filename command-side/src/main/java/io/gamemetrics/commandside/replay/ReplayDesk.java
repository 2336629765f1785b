package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.Rooms;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Everything there is to say and to ask about replays, with refusals as problems. Safe for concurrent use. */
public final class ReplayDesk {

    private static final int MOST_LISTED = 100;

    /** A version held for a comparison, or told of a moment later, is where readers are by then. */
    private static final Duration UNTIL_LEVEL = Duration.ofSeconds(10);

    private final Versions versions;
    private final Replays replays;
    private final Progress progress;
    private final Proofs proofs;
    private final Rooms rooms;
    private final Comparisons comparisons;
    private final Offers offers;
    private final EventStore store;
    private final Vault vault;
    private final EventCatalog catalog;
    private final PartReader parts;

    /** @param database the read models' */
    public ReplayDesk(DataSource database, EventStore store, Vault vault, EventCatalog catalog) {
        this.versions = new Versions(database);
        this.replays = new Replays(database);
        this.progress = new Progress(database);
        this.proofs = new Proofs(database);
        this.rooms = new Rooms(database);
        this.comparisons = new Comparisons(database);
        this.offers = new Offers(database);
        this.store = store;
        this.vault = vault;
        this.catalog = catalog;
        this.parts = new PartReader(vault, catalog);
    }

    Replay start(NewReplay wanted, String actor) {
        String projection = wanted.name();
        ReplayWish wish = wanted.wish(parts);
        if (rooms.of(projection).flatMap(Room::fits).filter(fits -> !fits).isPresent()) {
            throw new Refusal(ReplayProblem.NO_SPACE);
        }
        return asked(() -> replays.start(projection, wish, actor));
    }

    DryRun tryDry(NewReplay wanted) {
        String projection = wanted.name();
        ReplayPart part = wanted.wish(parts).part();
        KnownProjection known = known(projection).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
        if (!known.isRebuildable()) {
            throw new Refusal(ReplayProblem.SIDE_EFFECTS);
        }
        long events = events(part);
        Optional<Room> room = rooms.of(projection);
        OptionalDouble rate = replays.lastRate(projection);
        return new DryRun(
                events,
                room.map(Room::versionBytes)
                        .filter(OptionalLong::isPresent)
                        .map(OptionalLong::getAsLong)
                        .orElse(null),
                room.map(Room::freeBytes).orElse(null),
                rate.isPresent() ? (long) Math.ceil(events / rate.getAsDouble()) : null,
                room.flatMap(Room::fits).orElse(null));
    }

    /** How many events are handled of those there are; what is only looked at is not. */
    private long events(ReplayPart part) {
        Position head = store.position();
        Position beginning = new Position(head.incarnation(), 0);
        if (!part.takesOver() && !part.isOnlyCompared()) {
            return head.number();
        }
        Map<Integer, Long> counts = store.countByTenant(beginning, head, part.types());
        Set<Integer> games = new HashSet<>(part.games().isEmpty() ? counts.keySet() : part.games());
        if (part.isByTime()) {
            Position from = part.storedFrom() == null ? beginning : store.positionBefore(part.storedFrom());
            Position to = part.storedTo() == null ? head : store.positionBefore(part.storedTo());
            games.retainAll(store.countByTenant(from, to, Set.of()).keySet());
        }
        return games.stream().mapToLong(game -> counts.getOrDefault(game, 0L)).sum();
    }

    List<ReplayDocument> latest() {
        return replays.latest(MOST_LISTED).stream().map(this::document).toList();
    }

    ReplayDocument find(UUID id) {
        return replays.find(id).map(this::document).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    /** Has old and new compared; what is found is in the document once it is. */
    ReplayDocument compare(UUID id, String actor) {
        asked(() -> comparisons.want(id, actor));
        return find(id);
    }

    ReplayDocument order(UUID id, ReplayOrder order, String actor) {
        return document(asked(() -> switch (order) {
            case ReplayOrder.Pause pause -> replays.pause(id, actor);
            case ReplayOrder.Resume resume -> replays.resume(id, actor);
            case ReplayOrder.Throttle throttle -> replays.throttle(id, throttle.eventsPerSecond(), actor);
            case ReplayOrder.Switch change -> replays.switchOver(id, actor, UNTIL_LEVEL);
            case ReplayOrder.Rollback rollback -> replays.rollBack(id, actor);
            case ReplayOrder.Cancel cancel -> replays.cancel(id, actor);
            case ReplayOrder.Drop drop -> replays.drop(id, actor);
        }));
    }

    List<ProjectionDocument> projections() {
        return versions.projections().stream().map(this::document).toList();
    }

    private ProjectionDocument document(KnownProjection projection) {
        List<ProjectionDocument.OfVersion> all = versions.of(projection.name()).stream()
                .filter(version -> version.state() != Version.State.DROPPED)
                .map(version -> ProjectionDocument.OfVersion.of(
                        version, progress.of(projection.name(), version.number()), projection.partitions()))
                .toList();
        return ProjectionDocument.of(projection, all, offers.open(projection.name()));
    }

    private ReplayDocument document(Replay replay) {
        int partitions = partitions(replay.projection());
        VersionProgress at = progress.of(replay.projection(), replay.version());
        ComparisonDocument comparison = comparisons
                .latest(replay.id())
                .map(latest -> ComparisonDocument.of(latest, comparisons.differences(latest), vault))
                .orElse(null);
        return ReplayDocument.of(
                replay,
                at,
                partitions,
                proof(replay, partitions),
                PartDocument.of(replay.wish().part(), vault, catalog),
                comparison,
                replays.actions(replay.id()));
    }

    private Proofs.Tally proof(Replay replay, int partitions) {
        return proofs.tally(replay.projection(), replay.version(), partitions);
    }

    private int partitions(String projection) {
        return known(projection).orElseThrow().partitions();
    }

    private Optional<KnownProjection> known(String projection) {
        return versions.projections().stream()
                .filter(known -> known.name().equals(projection))
                .findFirst();
    }

    private static <T> T asked(Supplier<T> asking) {
        try {
            return asking.get();
        } catch (ReplayRefused e) {
            throw switch (e.reason()) {
                case RUNNING -> new Refusal(ReplayProblem.RUNNING);
                case PHASE -> new Refusal(ReplayProblem.PHASE, e.why());
                case PAUSED -> new Refusal(ReplayProblem.PAUSED, e.why());
                case PART -> new Refusal(ReplayProblem.ONLY_COMPARED, e.why());
                case BEHIND -> new Refusal(ReplayProblem.BEHIND, e.why());
                case UNPROVED -> new Refusal(ReplayProblem.UNPROVED, e.why());
                case SIDE_EFFECTS -> new Refusal(ReplayProblem.SIDE_EFFECTS);
                case UNKNOWN -> new Refusal(RequestProblem.NOT_FOUND);
            };
        }
    }
}
