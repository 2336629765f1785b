package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import io.gamemetrics.infrastructure.embeddedservers.EmbeddedServer;
import io.gamemetrics.infrastructure.embeddedservers.KafkaServer;
import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.embeddedservers.RedisServer;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import io.gamemetrics.infrastructure.platform.PlatformSettings.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.ds.PGSimpleDataSource;

/** The servers the services work with: embedded, except where an address of one's own is given. */
final class Servers {

    private static final String EVENTS = "gamemetrics";
    private static final String VAULT = "gamemetrics_vault";
    private static final String READ_MODELS = "gamemetrics_read";

    private final PlatformSettings settings;
    private final Progress progress;
    private final Closing closing;
    private final Path folder;
    private final ServerBinaries binaries;
    private final Map<String, String> properties = new LinkedHashMap<>();

    Servers(PlatformSettings settings, DataFolder data, Progress progress, Closing closing) {
        this(settings, data.root(), progress, closing);
    }

    /** @param data the data folder, which need not be held where nothing is started */
    Servers(PlatformSettings settings, Path data, Progress progress, Closing closing) {
        this.settings = settings;
        this.progress = progress;
        this.closing = closing;
        this.folder = data.resolve("servers");
        this.binaries = new ServerBinaries(folder.resolve("binaries"));
    }

    /**
     * Starts what is needed, all at a time.
     *
     * @return where the services find it: properties by name
     */
    Map<String, String> start() throws Exception {
        List<Callable<Map<String, String>>> starts = new ArrayList<>();
        if (settings.needsPostgres()) {
            starts.add(() -> progress.step("PostgreSQL", this::startPostgres));
        }
        settings.redisUrl()
                .ifPresentOrElse(
                        url -> properties.put("gamemetrics.redis.url", url),
                        () -> starts.add(() -> progress.step("Redis", this::startRedis)));
        settings.kafkaBootstrapServers()
                .ifPresentOrElse(
                        servers -> properties.put("gamemetrics.kafka.bootstrap-servers", servers),
                        () -> starts.add(() -> progress.step("Kafka", this::startKafka)));
        ownStores();
        settings.timescale().ifPresent(own -> own("timescale", own));
        await(starts);
        return Map.copyOf(properties);
    }

    /**
     * The databases of the event store and the vault alone: one's own, or those of the PostgreSQL that a platform runs here now.
     *
     * @return absent when neither is there
     */
    Optional<Map<String, String>> runningStores() {
        ownStores();
        if (settings.postgres().isPresent()) {
            return Optional.of(Map.copyOf(properties));
        }
        return PostgresServer.running(folder.resolve("postgres")).map(server -> {
            properties.putAll(database(server, "postgres", EVENTS));
            if (settings.vault().isEmpty()) {
                properties.putAll(database(server, "vault", VAULT));
            }
            return Map.copyOf(properties);
        });
    }

    private void ownStores() {
        settings.postgres().ifPresent(own -> {
            own("postgres", own);
            own(
                    "vault",
                    settings.vault().orElseGet(() -> new Server(vaultBeside(own.url()), own.user(), own.password())));
        });
        settings.vault().ifPresent(own -> own("vault", own));
    }

    /** The first that fails ends the start of the others. */
    private void await(List<Callable<Map<String, String>>> starts) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Map<String, String>> running = new ExecutorCompletionService<>(threads);
            starts.forEach(running::submit);
            try {
                for (int ready = 0; ready < starts.size(); ready++) {
                    properties.putAll(running.take().get());
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private Map<String, String> startPostgres() throws Exception {
        Path postgres = folder.resolve("postgres");
        PostgresServer server = keep(PostgresServer.start(postgres, binaries, PostgresSize.here(postgres)));
        Map<String, String> found = new LinkedHashMap<>();
        if (settings.postgres().isEmpty()) {
            found.putAll(database(server, "postgres", EVENTS));
            if (settings.vault().isEmpty()) {
                found.putAll(database(server, "vault", VAULT));
            }
        }
        if (settings.timescale().isEmpty()) {
            found.putAll(database(server, "timescale", READ_MODELS));
        }
        return found;
    }

    private Map<String, String> startRedis() {
        RedisServer server = keep(RedisServer.start(folder.resolve("redis"), binaries));
        return Map.of("gamemetrics.redis.url", server.url());
    }

    private Map<String, String> startKafka() {
        KafkaServer server = keep(KafkaServer.start(folder.resolve("kafka")));
        return Map.of("gamemetrics.kafka.bootstrap-servers", server.bootstrapServers());
    }

    private <S extends EmbeddedServer> S keep(S server) {
        closing.add(new Watched(server, progress));
        return server;
    }

    private static Map<String, String> database(PostgresServer server, String purpose, String name) throws Exception {
        server.createDatabase(name);
        return database(server.address(), purpose, name);
    }

    private static Map<String, String> database(PostgresServer.Address server, String purpose, String name) {
        String prefix = "gamemetrics." + purpose + ".";
        return Map.of(
                prefix + "url",
                server.url(name),
                prefix + "user",
                server.user(),
                prefix + "password",
                server.password());
    }

    /** A database among the properties that {@link #start} gives. */
    static PGSimpleDataSource database(Map<String, String> properties, String purpose) {
        String prefix = "gamemetrics." + purpose + ".";
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(properties.getOrDefault(prefix + "url", ""));
        String user = properties.getOrDefault(prefix + "user", "");
        if (!user.isEmpty()) {
            source.setUser(user);
            source.setPassword(properties.getOrDefault(prefix + "password", ""));
        }
        return source;
    }

    private void own(String purpose, Server server) {
        String prefix = "gamemetrics." + purpose + ".";
        properties.put(prefix + "url", server.url());
        if (!server.user().isEmpty()) {
            properties.put(prefix + "user", server.user());
            properties.put(prefix + "password", server.password());
        }
    }

    /** The database of the same server whose name ends in {@code _vault}. */
    private static String vaultBeside(String url) {
        int query = url.indexOf('?');
        String base = query < 0 ? url : url.substring(0, query);
        if (base.endsWith("/")) {
            throw new CannotStartException(
                    "GAMEMETRICS_POSTGRES_URL names no database: add its name after the last slash.");
        }
        return base + "_vault" + (query < 0 ? "" : url.substring(query));
    }
}
