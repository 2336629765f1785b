package io.gamemetrics.queryside.wiring;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardChanges;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.queryside.leaderboard.LeaderboardFeed;
import io.gamemetrics.queryside.limits.QueryLimits;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.queryside.versions.ActiveVersions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The boards. */
@Configuration(proxyBeanMethods = false)
class LeaderboardStores {

    @Bean
    LeaderboardsRedis leaderboardsRedis(@Value("${gamemetrics.redis.url}") String url, QueryLimits limits) {
        return LeaderboardsRedis.at(url, limits.timeLimit());
    }

    @Bean
    LeaderboardsReader leaderboardsReader(LeaderboardsRedis redis, ActiveVersions versions) {
        return new LeaderboardsReader(redis, versions.pinned("leaderboards"));
    }

    @Bean(destroyMethod = "close")
    LeaderboardFeed leaderboardFeed(
            LeaderboardsRedis redis, LeaderboardsReader boards, ActiveVersions versions, FanOut fanOut) {
        return new LeaderboardFeed(new LeaderboardChanges(redis), boards, () -> versions.of("leaderboards"), fanOut);
    }
}
