package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.Runners;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The live tail's projection and its Redis. */
@Configuration(proxyBeanMethods = false)
public class LiveTailWiring {

    @Bean(destroyMethod = "close")
    LiveTailStore liveTailStore(@Value("${gamemetrics.redis.url}") String url) {
        return LiveTailStore.open(url);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner liveTailRunner(LiveTailStore liveTailStore, Runners runners) {
        return runners.of(new LiveTailProjection(liveTailStore.writer()));
    }
}
