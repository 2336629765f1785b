package io.gamemetrics.projections.metrics;

import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Runs the metrics and the games projection, as a process of its own or in one with others. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import({SourcesWiring.class, RunnersWiring.class})
public class MetricsService {

    /** The port of the process's health unless somebody sets it. */
    public static final int PORT = 8082;

    /** Starts the process. */
    public static void main(String[] arguments) {
        start(
                Map.of(
                        "server.port",
                        "${GAMEMETRICS_METRICS_PORT:" + PORT + "}",
                        "management.endpoints.web.exposure.include",
                        "health"),
                arguments);
    }

    /**
     * Starts the projections in this process; closing the context finishes the flushes at hand and stops them.
     *
     * @param properties defaults that the environment and {@code arguments} override; {@code
     *     spring.main.web-application-type=none} where another service of the process answers for its health
     */
    public static ConfigurableApplicationContext start(Map<String, Object> properties, String... arguments) {
        return new SpringApplicationBuilder(MetricsService.class)
                .properties(Map.of("spring.application.name", "metrics", "spring.main.banner-mode", "off"))
                .properties(properties)
                .run(arguments);
    }
}
