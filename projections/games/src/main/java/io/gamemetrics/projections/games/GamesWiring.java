package io.gamemetrics.projections.games;

import io.gamemetrics.projections.gamesstore.GamesScan;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.OneVersion;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The games projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class GamesWiring {

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor gamesSupervisor(ReadModels readModels, Supervisors supervisors) {
        GamesStore.migrate(readModels.connections());
        return supervisors.of(new OneVersion(
                new GamesProjection(new GamesWriter(readModels.connections())),
                new GamesErasing(new GamesScan(readModels.connections()))));
    }
}
