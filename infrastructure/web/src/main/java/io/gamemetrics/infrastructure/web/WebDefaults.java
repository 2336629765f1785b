package io.gamemetrics.infrastructure.web;

import java.util.Map;
import java.util.TreeMap;

/** Settings every HTTP service begins with; anything in the environment or on the command line overrides them. */
public final class WebDefaults {

    private WebDefaults() {}

    /**
     * The defaults, for {@code SpringApplicationBuilder.properties}. Each service names its own, because configuration
     * files of one name would hide each other on a shared class path.
     *
     * @param name the service's name, for example {@code query-side}; also the name of its optional configuration file
     * @param portVariable the environment variable that sets its port
     * @param port its port otherwise
     */
    public static Map<String, Object> of(String name, String portVariable, int port) {
        Map<String, Object> defaults = new TreeMap<>();
        defaults.put("spring.application.name", name);
        defaults.put("spring.config.name", name);
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.main.log-startup-info", "false");
        defaults.put("spring.jmx.enabled", "false");
        defaults.put("spring.threads.virtual.enabled", "true");
        defaults.put("spring.web.resources.add-mappings", "false");
        // Loopback unless somebody decides otherwise.
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.port", "${" + portVariable + ":" + port + "}");
        defaults.put("server.shutdown", "graceful");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "20s");
        defaults.put("server.max-http-request-header-size", "16KB");
        defaults.put("server.tomcat.connection-timeout", "20s");
        // An oversized body is read on for a while, else the sender sees a broken connection instead of the 413.
        defaults.put("server.tomcat.max-swallow-size", "32MB");
        defaults.put("server.tomcat.mbeanregistry.enabled", "false");
        defaults.put("management.endpoints.web.exposure.include", "health,prometheus");
        defaults.put("management.endpoints.access.default", "none");
        defaults.put("management.endpoint.health.access", "read-only");
        defaults.put("management.endpoint.prometheus.access", "read-only");
        // Several services share one process: each tells its own.
        defaults.put("management.metrics.use-global-registry", "false");
        defaults.put("management.endpoint.health.show-details", "never");
        // These repeat paths and parameters as sent.
        defaults.put("logging.level.org.springframework.web.servlet.PageNotFound", "error");
        defaults.put("logging.level.org.apache.coyote", "warn");
        defaults.put("logging.level.org.apache.tomcat.util.http", "warn");
        return defaults;
    }
}
