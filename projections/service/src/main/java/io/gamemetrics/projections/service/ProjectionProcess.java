package io.gamemetrics.projections.service;

import java.util.Locale;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a {@link ProjectionService}, as a process of its own or in one with others. */
public final class ProjectionProcess {

    private ProjectionProcess() {}

    /**
     * Starts it as this process, with its health on a port of loopback or wherever {@code server.address} says.
     *
     * @param name the deployable's name; {@code GAMEMETRICS_<NAME>_PORT} sets the port, with underscores for hyphens
     * @param port the port unless somebody sets it
     */
    public static ConfigurableApplicationContext main(Class<?> service, String name, int port, String... arguments) {
        String variable = "GAMEMETRICS_" + name.replace('-', '_').toUpperCase(Locale.ROOT) + "_PORT";
        return start(
                service,
                name,
                Map.of(
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        "${" + variable + ":" + port + "}",
                        "management.endpoints.web.exposure.include",
                        "health,prometheus"),
                arguments);
    }

    /**
     * Starts it in this process; closing the context finishes the flushes at hand and stops them.
     *
     * @param properties defaults that the environment and {@code arguments} override; {@code
     *     spring.main.web-application-type=none} where another service of the process answers for its health
     */
    public static ConfigurableApplicationContext start(
            Class<?> service, String name, Map<String, Object> properties, String... arguments) {
        return new SpringApplicationBuilder(service)
                .properties(Map.of(
                        "spring.application.name",
                        name,
                        "spring.main.banner-mode",
                        "off",
                        // Several services share one process: each tells its own.
                        "management.metrics.use-global-registry",
                        "false"))
                .properties(properties)
                .run(arguments);
    }
}
