package io.gamemetrics.projections.recommendations;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Lead;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReadModelsWiring;
import io.gamemetrics.projections.service.Runners;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The recommendations projection, its tables, and those who make vectors of them. */
@Configuration(proxyBeanMethods = false)
@Import(ReadModelsWiring.class)
public class RecommendationsWiring {

    /** Its tables are there: whoever needs them asks for this. */
    record Tables(HikariDataSource connections) {}

    @Bean
    Tables recommendationsTables(ReadModels readModels) {
        RecommendationsSchema.migrate(readModels.connections());
        return new Tables(readModels.connections());
    }

    /** {@code GAMEMETRICS_QDRANT_URL} and {@code GAMEMETRICS_QDRANT_API_KEY}; without the first, an index in the data folder. */
    @Bean(destroyMethod = "close")
    VectorStore recommendationsVectors(
            @Value("${gamemetrics.qdrant.url:}") String url,
            @Value("${gamemetrics.qdrant.api-key:}") String apiKey,
            @Value("${gamemetrics.data:.gamemetrics}") String data) {
        return Vectors.writing(url, apiKey, Path.of(data));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner recommendationsRunner(Tables tables, Runners runners) {
        return runners.of(new RecommendationsProjection(new RecommendationsWriter(tables.connections())));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    VectorKeeper recommendationsKeeper(Tables tables, VectorStore recommendationsVectors) {
        LearningState state = new LearningState(tables.connections());
        ModelStore models = new ModelStore(tables.connections());
        return new VectorKeeper(
                new Lead(tables.connections()),
                new VectorRepair(models, recommendationsVectors),
                new PlayerFolding(state, models, new PendingPlayers(tables.connections()), recommendationsVectors),
                new Learning(state, models, recommendationsVectors, TrainingSettings.defaults()),
                LearningSettings.defaults(),
                state,
                new PopularWriter(tables.connections()));
    }
}
