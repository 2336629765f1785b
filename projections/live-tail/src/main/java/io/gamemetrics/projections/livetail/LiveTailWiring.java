package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.runtime.OneVersion;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The live tail's projection and its Redis. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class LiveTailWiring {

    @Bean(destroyMethod = "close")
    LiveTailStore liveTailStore(@Value("${gamemetrics.redis.url}") String url) {
        return LiveTailStore.open(url);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor liveTailSupervisor(LiveTailStore liveTailStore, Supervisors supervisors) {
        return supervisors.of(new OneVersion(
                new LiveTailProjection(liveTailStore.writer()),
                new LiveTailErasing(liveTailStore.cleaner()),
                new LiveTailExporting(liveTailStore.cleaner())));
    }
}
