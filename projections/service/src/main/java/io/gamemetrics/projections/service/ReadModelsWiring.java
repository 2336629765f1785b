package io.gamemetrics.projections.service;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database of the read models, for the wiring of a projection that keeps one there to import. */
@Configuration(proxyBeanMethods = false)
public class ReadModelsWiring {

    /** One a partition writes, and a few that read checkpoints; several projections share them. */
    private static final int CONNECTIONS = 24;

    @Bean
    ReadModels readModels(DatabaseSettings settings) {
        return new ReadModels(Databases.connections("read-models", settings.timescale(), CONNECTIONS));
    }
}
