package io.gamemetrics.queryside.wiring;

import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.queryside.versions.ActiveVersions;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What players did with items, and the vectors of it: in Qdrant, or in the data folder of the process that makes them. */
@Configuration(proxyBeanMethods = false)
class RecommendationStores {

    @Bean(destroyMethod = "close")
    VectorStore vectors(
            @Value("${gamemetrics.qdrant.url:}") String url,
            @Value("${gamemetrics.qdrant.api-key:}") String apiKey,
            @Value("${gamemetrics.data:.gamemetrics}") String data) {
        return Vectors.reading(url, apiKey, Path.of(data));
    }

    @Bean
    RecommendationsReader recommendationsReader(
            DataSource readStore,
            ActiveVersions versions,
            VectorStore vectors,
            @Value("${gamemetrics.kafka.partitions:6}") int partitions) {
        return RecommendationsReader.on(readStore, versions.pinned("recommendations"), vectors, partitions);
    }
}
