package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import io.gamemetrics.sharedkernel.ids.GameId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The leaderboards projection and its Redis, {@code gamemetrics.redis.url}. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class LeaderboardsWiring {

    @Bean(destroyMethod = "close")
    LeaderboardsRedis leaderboardsRedis(@Value("${gamemetrics.redis.url}") String url) {
        LeaderboardsRedis redis = LeaderboardsRedis.at(url);
        redis.requireNoEviction();
        return redis;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor leaderboardsSupervisor(
            LeaderboardsRedis redis,
            StreamSettings stream,
            Supervisors supervisors,
            ReadModels readModels,
            Vault vault) {
        RuleOccasions occasions =
                new RuleOccasions(number -> vault.gameOf(number).map(GameId::value));
        return supervisors.of(
                new LeaderboardsVersions(redis, stream.partitions(), readModels.connections(), occasions));
    }
}
