package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.VersionedProjection;
import java.time.Clock;

/** Boards, keys of their own a version. */
final class LeaderboardsVersions implements VersionedProjection {

    private final LeaderboardsRedis redis;
    private final int partitions;

    LeaderboardsVersions(LeaderboardsRedis redis, int partitions) {
        this.redis = redis;
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
    public void drop(int number) {
        new LeaderboardsCleaner(redis, number).drop();
    }
}
