package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.projections.metrics.MetricsService;
import io.gamemetrics.queryside.QuerySide;
import java.util.HashMap;
import java.util.Map;

/** The platform's services, each as it runs alone elsewhere, here in one process. */
final class Services {

    private final PlatformSettings settings;
    private final Map<String, String> shared;
    private final Progress progress;
    private final Closing closing;

    Services(
            PlatformSettings settings,
            Map<String, String> servers,
            LocalAccess access,
            Progress progress,
            Closing closing) {
        this.settings = settings;
        this.progress = progress;
        this.closing = closing;
        this.shared = new HashMap<>(servers);
        shared.put("gamemetrics.key-dir", settings.keys().toString());
        shared.put("gamemetrics.local-token-secret", access.secret());
        shared.put("server.address", "127.0.0.1");
        // They are closed in order by the platform, not all at once by hooks of their own.
        shared.put("spring.main.register-shutdown-hook", "false");
    }

    /**
     * One after the other, each finding the tables of the one before. Closed the other way round: first nobody asks any
     * more, then nobody sends.
     */
    void start() throws Exception {
        closing.add(progress.step(
                "Commands", () -> CommandSide.start(Map.of(), arguments(onPort(settings.commandPort())))));
        closing.add(progress.step(
                "Projections",
                () -> MetricsService.start(Map.of(), arguments(with("spring.main.web-application-type", "none")))));
        closing.add(progress.step("Queries", () -> QuerySide.start(onPort(settings.queryPort()))));
    }

    private Map<String, String> onPort(int port) {
        return with("server.port", Integer.toString(port));
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> properties = new HashMap<>(shared);
        properties.put(name, value);
        return properties;
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }
}
