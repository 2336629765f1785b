package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Takes a player out of every game, as the end of their stream would, wherever that stands. */
final class Purging {

    private Purging() {}

    static void run(LeaderboardsRedis address, int version, UUID player) {
        Redis redis = new Redis(address, version);
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis);
        for (byte[] game : redis.members(redis.keys().games())) {
            // A version that is being taken over has begun none.
            Set<Integer> partitions = new TreeSet<>(Readiness.partitions(redis));
            partitions.add(0);
            for (int partition : partitions) {
                cleaner.purge(
                        new LeaderboardsBatch.Erased(Integer.parseInt(Bytes.text(game)), new Position(1, 0)),
                        partition,
                        player);
            }
        }
    }
}
