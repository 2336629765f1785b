package io.gamemetrics.commandside.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.commandside.NewGame;
import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A PostgreSQL of its own and command sides on it, each a process that can be killed alone. Used by one thread. */
final class FaultyServers implements AutoCloseable {

    private final PostgresServer postgres;
    private final Path keys;
    private final String admin;
    private final List<ServiceProcess> commandSides = new ArrayList<>();

    /**
     * Starts them and waits until all are healthy.
     *
     * @param servers where PostgreSQL keeps its files
     * @param keys where the vault keeps its master keys
     * @param count of command sides
     * @param more environment of theirs
     */
    FaultyServers(Path servers, Path keys, int count, Map<String, String> more) throws Exception {
        this.keys = keys;
        Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "gamemetrics-test-binaries");
        postgres = PostgresServer.start(servers, new ServerBinaries(binaries), Map.of());
        postgres.createDatabase("events");
        postgres.createDatabase("events_vault");
        String secret = LocalTokens.newSecret();
        admin = new LocalTokens(secret)
                .mint("test", Map.of(Caller.EVERY_GAME, Set.of(Role.ADMIN)), Duration.ofHours(12));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("GAMEMETRICS_POSTGRES_URL", postgres.url("events"));
        environment.put("GAMEMETRICS_POSTGRES_USER", postgres.user());
        environment.put("GAMEMETRICS_POSTGRES_PASSWORD", postgres.password());
        environment.put("GAMEMETRICS_KEY_DIR", keys.toString());
        environment.put("GAMEMETRICS_LOCAL_TOKEN_SECRET", secret);
        for (int i = 0; i < count; i++) {
            commandSides.add(ServiceProcess.ofClass(CommandSide.class.getName(), environment));
        }
        commandSides.forEach(ServiceProcess::untilHealthy);
    }

    PostgresServer postgres() {
        return postgres;
    }

    /** All its processes at once, as a power failure of its machine does: none is left that a new start would wait for. */
    void killPostgres() {
        postgres.kill();
    }

    List<ServiceProcess> commandSides() {
        return commandSides;
    }

    List<String> addresses() {
        return commandSides.stream().map(ServiceProcess::address).toList();
    }

    /** Creates a game and returns its key. */
    String createGame(String game) throws IOException, InterruptedException {
        return NewGame.create(addresses().getFirst(), admin, game);
    }

    /** Reads the whole store, past all command sides, and holds it against what senders were told. */
    void check(Ledger ledger) {
        try (EventStore store = openStore();
                HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(postgres.url("events_vault"));
            database.setUsername(postgres.user());
            database.setPassword(postgres.password());
            ledger.check(store, new VaultEventCodec(PostgresVault.open(database, KeyDirectory.at(keys))));
        } catch (AssertionError e) {
            commandSides.forEach(process -> System.out.println(process.output()));
            throw e;
        }
    }

    EventStore openStore() {
        return PostgresEventStore.open(
                EventStoreSettings.of(postgres.url("events"), postgres.user(), postgres.password()));
    }

    @Override
    public void close() throws IOException {
        for (ServiceProcess process : commandSides) {
            process.close();
        }
        postgres.close();
    }
}
