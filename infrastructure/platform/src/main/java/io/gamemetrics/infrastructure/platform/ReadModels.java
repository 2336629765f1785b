package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Everything that is only derived, and is filled again from the event store. */
final class ReadModels {

    private ReadModels() {}

    /**
     * Takes all of it away, while no service runs; again does no harm.
     *
     * @param servers properties as {@link Servers#start} gives them
     */
    static boolean empty(Map<String, String> servers) throws SQLException {
        PGSimpleDataSource readModels = Servers.database(servers, "timescale");
        MetricsSchema.drop(readModels);
        GamesStore.drop(readModels);
        PlayersSchema.drop(readModels);
        RecommendationsSchema.drop(readModels);
        ReplaysSchema.drop(readModels);
        // Positions of the old life, and answers of versions that begin anew.
        ErasuresSchema.drop(readModels);
        String redis = servers.getOrDefault("gamemetrics.redis.url", "");
        try (LeaderboardsRedis leaderboards = LeaderboardsRedis.at(redis)) {
            new LeaderboardsCleaner(leaderboards).dropAll();
        }
        try (LiveTailStore liveTail = LiveTailStore.open(redis)) {
            liveTail.cleaner().drop();
        }
        return true;
    }
}
