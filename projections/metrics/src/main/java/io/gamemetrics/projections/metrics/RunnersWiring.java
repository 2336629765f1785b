package io.gamemetrics.projections.metrics;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.projections.games.GamesProjection;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.runtime.RunnerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two projections, each with a runner of its own. */
@Configuration(proxyBeanMethods = false)
class RunnersWiring {

    private static final Logger LOG = LoggerFactory.getLogger(RunnersWiring.class);

    /** One a partition writes, one a partition reads its checkpoint. */
    private static final int CONNECTIONS = 12;

    /** A type of its own, so that nobody takes it for just any database. */
    record ReadModels(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean
    ReadModels readModels(DatabaseSettings settings) {
        HikariDataSource connections = SourcesWiring.connections("read-models", settings.timescale(), CONNECTIONS);
        LOG.info("metrics are kept on {}", MetricsSchema.migrate(connections));
        GamesStore.migrate(connections);
        return new ReadModels(connections);
    }

    @Bean
    StreamSettings streamSettings(@Value("${gamemetrics.kafka.bootstrap-servers}") String servers) {
        return StreamSettings.of(servers);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner metricsRunner(ReadModels readModels, StreamSettings stream, EventStore store, EventCodec codec) {
        MetricsWriter writer = new MetricsWriter(readModels.connections(), MetricsProjection.NAME);
        return runner(new MetricsProjection(writer), stream, store, codec);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner gamesRunner(ReadModels readModels, StreamSettings stream, EventStore store, EventCodec codec) {
        return runner(new GamesProjection(new GamesWriter(readModels.connections())), stream, store, codec);
    }

    private static ProjectionRunner runner(
            Projection projection, StreamSettings stream, EventStore store, EventCodec codec) {
        return new ProjectionRunner(
                projection, stream, store, codec, EventCatalog.current()::isConfiguration, RunnerSettings.defaults());
    }

    @Bean
    HealthIndicator metricsHealth(ProjectionRunner metricsRunner) {
        return () -> health(metricsRunner);
    }

    @Bean
    HealthIndicator gamesHealth(ProjectionRunner gamesRunner) {
        return () -> health(gamesRunner);
    }

    private static Health health(ProjectionRunner runner) {
        return (runner.status().isHealthy() ? Health.up() : Health.down()).build();
    }
}
