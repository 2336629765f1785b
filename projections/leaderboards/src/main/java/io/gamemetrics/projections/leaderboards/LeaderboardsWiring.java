package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.Runners;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The leaderboards projection and its Redis, {@code gamemetrics.redis.url}. */
@Configuration(proxyBeanMethods = false)
public class LeaderboardsWiring {

    @Bean(destroyMethod = "close")
    LeaderboardsRedis leaderboardsRedis(@Value("${gamemetrics.redis.url}") String url) {
        LeaderboardsRedis redis = LeaderboardsRedis.at(url);
        redis.requireNoEviction();
        return redis;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner leaderboardsRunner(LeaderboardsRedis redis, StreamSettings stream, Runners runners) {
        LeaderboardsWriter writer = new LeaderboardsWriter(redis, stream.partitions(), Clock.systemUTC());
        return runners.of(new LeaderboardsProjection(writer));
    }
}
