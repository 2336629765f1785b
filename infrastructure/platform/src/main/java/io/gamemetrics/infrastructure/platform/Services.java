package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.PublisherStatus;
import io.gamemetrics.infrastructure.eventstream.PublisherStatus.State;
import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.queryside.QuerySide;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;

/** The platform's services, each as it runs alone elsewhere, here in one process. */
final class Services {

    /** Kafka may take longer; then the publisher goes on trying, and says what it finds in the health answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(10);

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
        shared.put("gamemetrics.data", settings.data().toString());
        shared.put("gamemetrics.local-token-secret", access.secret());
        shared.put("server.address", "127.0.0.1");
        // They are closed in order by the platform, not all at once by hooks of their own.
        shared.put("spring.main.register-shutdown-hook", "false");
    }

    /**
     * First who makes what all others find: keys, the store's tables, the stream. Then who only reads that, side by side;
     * queries wait for the projections' tables themselves. Closed the other way round: first nobody asks any more, then
     * nobody counts, then nobody sends.
     */
    void start() throws Exception {
        ConfigurableApplicationContext commands =
                progress.step("Commands", () -> CommandSide.start(Map.of(), arguments(onPort(settings.commandPort()))));
        closing.add(commands);
        requireSameStore(commands.getBean(EventPublisher.class));
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<ConfigurableApplicationContext> queries =
                    beside.submit(() -> progress.step("Queries", () -> QuerySide.start(onPort(settings.queryPort()))));
            closing.add(progress.step(
                    "Projections",
                    () -> ProjectionProcess.start(
                            Projections.class,
                            "projections",
                            Map.of(),
                            arguments(with("spring.main.web-application-type", "none")))));
            closing.add(queries.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The publisher compares the store with what it published last; it does so before anything else. */
    private static void requireSameStore(EventPublisher publisher) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (publisher.status().state() == State.STARTING && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        PublisherStatus status = publisher.status();
        if (status.state() == State.STOPPED) {
            throw new CannotStartException(String.valueOf(status.problem()));
        }
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
