package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsMemory;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.VersionedProjection;
import java.time.Clock;
import java.util.OptionalLong;

/** Boards, keys of their own a version. */
final class LeaderboardsVersions implements VersionedProjection {

    private final LeaderboardsRedis redis;
    private final int partitions;
    private final MeasuredMemory memory;

    LeaderboardsVersions(LeaderboardsRedis redis, int partitions) {
        this.redis = redis;
        this.memory = new MeasuredMemory(new LeaderboardsMemory(redis));
        this.partitions = partitions;
    }

    @Override
    public String name() {
        return LeaderboardsWriter.PROJECTION;
    }

    @Override
    public Open open(int number) {
        return new Open(
                new LeaderboardsProjection(new LeaderboardsWriter(redis, number, partitions, Clock.systemUTC())));
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
    public void drop(int number) {
        new LeaderboardsCleaner(redis, number).drop();
    }
}
