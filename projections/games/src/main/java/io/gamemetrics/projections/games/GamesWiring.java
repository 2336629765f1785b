package io.gamemetrics.projections.games;

import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReadModelsWiring;
import io.gamemetrics.projections.service.Runners;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The games projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReadModelsWiring.class)
public class GamesWiring {

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner gamesRunner(ReadModels readModels, Runners runners) {
        GamesStore.migrate(readModels.connections());
        return runners.of(new GamesProjection(new GamesWriter(readModels.connections())));
    }
}
