package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Everything there is to say and to ask about replays, with refusals as problems. Safe for concurrent use. */
public final class ReplayDesk {

    private static final int MOST_LISTED = 100;

    private final Versions versions;
    private final Replays replays;
    private final Progress progress;
    private final Proofs proofs;
    private final Rooms rooms;
    private final EventStore store;

    /** @param database the read models' */
    public ReplayDesk(DataSource database, EventStore store) {
        this.versions = new Versions(database);
        this.replays = new Replays(database);
        this.progress = new Progress(database);
        this.proofs = new Proofs(database);
        this.rooms = new Rooms(database);
        this.store = store;
    }

    Replay start(NewReplay wanted, String actor) {
        String projection = wanted.name();
        ReplayWish wish = wanted.wish();
        if (rooms.of(projection).flatMap(Room::fits).filter(fits -> !fits).isPresent()) {
            throw new Refusal(ReplayProblem.NO_SPACE);
        }
        return asked(() -> replays.start(projection, wish, actor));
    }

    DryRun tryDry(NewReplay wanted) {
        String projection = wanted.name();
        wanted.wish();
        KnownProjection known = known(projection).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
        if (!known.isRebuildable()) {
            throw new Refusal(ReplayProblem.SIDE_EFFECTS);
        }
        long events = store.position().number();
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

    List<ReplayDocument> latest() {
        return replays.latest(MOST_LISTED).stream().map(this::document).toList();
    }

    ReplayDocument find(UUID id) {
        return replays.find(id).map(this::document).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    ReplayDocument order(UUID id, ReplayOrder order, String actor) {
        return document(asked(() -> switch (order) {
            case ReplayOrder.Pause pause -> replays.pause(id, actor);
            case ReplayOrder.Resume resume -> replays.resume(id, actor);
            case ReplayOrder.Throttle throttle -> replays.throttle(id, throttle.eventsPerSecond(), actor);
            case ReplayOrder.Switch change -> replays.switchOver(id, proof(id), actor);
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
        return ProjectionDocument.of(projection, all);
    }

    private ReplayDocument document(Replay replay) {
        int partitions = partitions(replay.projection());
        VersionProgress at = progress.of(replay.projection(), replay.version());
        return ReplayDocument.of(replay, at, partitions, proof(replay, partitions), replays.actions(replay.id()));
    }

    private Proofs.Tally proof(UUID id) {
        return replays.find(id)
                .map(replay -> proof(replay, partitions(replay.projection())))
                .orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
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

    private static Replay asked(Supplier<Replay> asking) {
        try {
            return asking.get();
        } catch (ReplayRefused e) {
            throw switch (e.reason()) {
                case RUNNING -> new Refusal(ReplayProblem.RUNNING);
                case PHASE -> new Refusal(ReplayProblem.PHASE, e.why());
                case UNPROVED -> new Refusal(ReplayProblem.UNPROVED, e.why());
                case SIDE_EFFECTS -> new Refusal(ReplayProblem.SIDE_EFFECTS);
                case UNKNOWN -> new Refusal(RequestProblem.NOT_FOUND);
            };
        }
    }
}
