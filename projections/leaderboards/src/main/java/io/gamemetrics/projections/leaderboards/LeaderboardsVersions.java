package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.replays.BegunWith;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.projections.leaderboardsstore.BoardRules;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsContents;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsMemory;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRules;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsTakeOver;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.Erasing;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.VersionedProjection;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Boards, keys of their own a version. A version goes by the rules boards had been given last when it was begun, and of boards
 * it took over by those they had in the other version; they are noted beside the replays, so that all instances, and a Redis that lost everything, come to the same.
 */
final class LeaderboardsVersions implements VersionedProjection {

    private final LeaderboardsRedis redis;
    private final int partitions;
    private final Versions versions;
    private final BegunWith begunWith;
    private final RuleOccasions occasions;
    private final MeasuredMemory memory;

    /** @param readModels the database of versions and replays */
    LeaderboardsVersions(LeaderboardsRedis redis, int partitions, DataSource readModels, RuleOccasions occasions) {
        this.redis = redis;
        this.partitions = partitions;
        this.versions = new Versions(readModels);
        this.begunWith = new BegunWith(readModels);
        this.occasions = occasions;
        this.memory = new MeasuredMemory(new LeaderboardsMemory(redis));
    }

    @Override
    public String name() {
        return LeaderboardsWriter.PROJECTION;
    }

    @Override
    public Open open(int number) {
        return open(number, 1, () -> true);
    }

    @Override
    public Open open(int number, int handlers, BooleanSupplier takesAnew) {
        BoardRules rules = BoardRules.of(begunWith.of(name(), number, () -> firstRules(number)));
        return new Open(new LeaderboardsProjection(
                new LeaderboardsWriter(redis, number, partitions, Clock.systemUTC(), rules, takesAnew)));
    }

    /**
     * What is there already goes on by the rules it has. So does what was taken over before the version begins: also when Redis
     * loses it, and it is counted again.
     */
    private Map<String, String> firstRules(int number) {
        int active = versions.active(name()).orElse(number);
        LeaderboardsRules own = new LeaderboardsRules(redis, number);
        if (active == number || own.hasBegun()) {
            return Map.of();
        }
        return new LeaderboardsRules(redis, active)
                .wanted()
                .with(own.takenOver())
                .texts();
    }

    @Override
    public List<Occasion> occasions(int active) {
        return occasions.of(new LeaderboardsRules(redis, active).changed());
    }

    @Override
    public OptionalLong bytes(int number) {
        return memory.ofVersion(number);
    }

    @Override
    public OptionalLong freeBytes() {
        return memory.free();
    }

    @Override
    public Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) {
        return LeaderboardsTakeOver.run(redis, number, from, leftOut);
    }

    @Override
    public Contents contents(int number, Set<Integer> types) {
        return LeaderboardsContents.open(redis, number, LeaderboardsSections.of(types));
    }

    @Override
    public Optional<Erasing> erasing() {
        return Optional.of(new Erasing() {
            @Override
            public Map<String, Long> held(int version, Collection<Person> persons) {
                LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis, version);
                Map<String, Long> held = new TreeMap<>();
                persons.forEach(person -> cleaner.held(person.game(), person.pseudonym())
                        .forEach((kind, count) -> held.merge(kind, count, Long::sum)));
                return held;
            }

            @Override
            public List<Hit> scan(int version, Needles needles) {
                return new LeaderboardsCleaner(redis, version).scan(needles);
            }
        });
    }

    @Override
    public Optional<Exporting> exporting() {
        return Optional.of(new LeaderboardsExporting(redis));
    }

    @Override
    public void drop(int number) {
        new LeaderboardsCleaner(redis, number).drop();
    }
}
