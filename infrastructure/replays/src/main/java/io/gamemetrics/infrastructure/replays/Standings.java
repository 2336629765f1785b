package io.gamemetrics.infrastructure.replays;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How all projections and replays are doing, from what those who work on them told. Safe for concurrent use. Every method
 * throws {@link ReplaysException} when the database can't be asked.
 */
public final class Standings {

    private final Versions versions;
    private final Replays replays;
    private final Progress progress;
    private final Proofs proofs;
    private final Offers offers;

    /** @param database one {@link ReplaysSchema#migrate} has been run on, or will be; it is only read */
    public Standings(DataSource database) {
        this.versions = new Versions(database);
        this.replays = new Replays(database);
        this.progress = new Progress(database);
        this.proofs = new Proofs(database);
        this.offers = new Offers(database);
    }

    /** A version, and how far it is. */
    public record OfVersion(Version version, Standing standing) {}

    /** A projection with all its versions that are not dropped, by number. */
    public record OfProjection(KnownProjection projection, List<OfVersion> versions, List<Offer> offers) {

        public OfProjection {
            versions = List.copyOf(versions);
            offers = List.copyOf(offers);
        }

        /** The version readers ask; absent only while the first is being made. */
        public Optional<OfVersion> active() {
            return versions.stream()
                    .filter(of -> of.version().state() == Version.State.ACTIVE)
                    .findFirst();
        }
    }

    /** A replay, how far the version is that it builds, and what is proved of it. */
    public record OfReplay(Replay replay, Standing standing, Proofs.Tally proof) {

        /** @param progress of the version it builds */
        public static OfReplay of(Replay replay, VersionProgress progress, int partitions, Proofs.Tally proof) {
            Standing standing = Standing.of(progress, partitions);
            return new OfReplay(replay, replay.paused() ? standing.resting() : standing, proof);
        }
    }

    /** All projections that ever ran, by name. */
    public List<OfProjection> projections() {
        return versions.projections().stream().map(this::standing).toList();
    }

    /** The latest replays, newest first. */
    public List<OfReplay> latest(int most) {
        List<KnownProjection> known = versions.projections();
        return replays.latest(most).stream()
                .map(replay -> standing(replay, known))
                .toList();
    }

    /** The replay by this id. */
    public Optional<OfReplay> find(UUID id) {
        return replays.find(id).map(replay -> standing(replay, versions.projections()));
    }

    /** Who did what to a replay, in order; empty for one nobody knows. */
    public List<ReplayAction> actions(UUID replay) {
        return replays.actions(replay);
    }

    private OfProjection standing(KnownProjection projection) {
        return new OfProjection(
                projection,
                versions.of(projection.name()).stream()
                        .map(version -> new OfVersion(
                                version,
                                Standing.of(progress.of(projection.name(), version.number()), projection.partitions())))
                        .toList(),
                offers.open(projection.name()));
    }

    private OfReplay standing(Replay replay, List<KnownProjection> known) {
        int partitions = known.stream()
                .filter(projection -> projection.name().equals(replay.projection()))
                .mapToInt(KnownProjection::partitions)
                .findFirst()
                .orElseThrow();
        return OfReplay.of(
                replay,
                progress.of(replay.projection(), replay.version()),
                partitions,
                proofs.tally(replay.projection(), replay.version(), partitions));
    }
}
