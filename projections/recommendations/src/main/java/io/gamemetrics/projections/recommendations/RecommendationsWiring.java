package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The recommendations projection, its tables, and the store of its vectors. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class RecommendationsWiring {

    /** {@code GAMEMETRICS_QDRANT_URL} and {@code GAMEMETRICS_QDRANT_API_KEY}; without the first, an index in the data folder. */
    @Bean(destroyMethod = "close")
    VectorStore recommendationsVectors(
            @Value("${gamemetrics.qdrant.url:}") String url,
            @Value("${gamemetrics.qdrant.api-key:}") String apiKey,
            @Value("${gamemetrics.data:.gamemetrics}") String data) {
        return Vectors.writing(url, apiKey, Path.of(data));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor recommendationsSupervisor(
            ReadModels readModels, VectorStore recommendationsVectors, Supervisors supervisors) {
        return supervisors.of(new RecommendationsVersions(readModels.connections(), recommendationsVectors));
    }
}
