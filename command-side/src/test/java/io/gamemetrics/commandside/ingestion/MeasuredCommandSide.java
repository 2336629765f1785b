package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.commandside.NewGame;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A command side as fast as it gets, a process of its own with databases and keys of its own. */
record MeasuredCommandSide(ServiceProcess process, Databases databases, String admin) implements AutoCloseable {

    /**
     * Starts it and waits until it is healthy.
     *
     * @param classes folders whose classes it has instead of the platform's
     */
    static MeasuredCommandSide start(List<Path> classes) throws IOException {
        Databases databases = Databases.create();
        String secret = LocalTokens.newSecret();
        Map<String, String> environment = Map.of(
                "GAMEMETRICS_POSTGRES_URL", databases.store(),
                "GAMEMETRICS_POSTGRES_USER", TestPostgres.server().user(),
                "GAMEMETRICS_POSTGRES_PASSWORD", TestPostgres.server().password(),
                "GAMEMETRICS_VAULT_URL", databases.vault(),
                "GAMEMETRICS_KEY_DIR", databases.keys().toString(),
                "GAMEMETRICS_LOCAL_TOKEN_SECRET", secret);
        String admin = new LocalTokens(secret)
                .mint("bench", Map.of(Caller.EVERY_GAME, Set.of(Role.ADMIN)), Duration.ofHours(12));
        return new MeasuredCommandSide(
                ServiceProcess.measured(CommandSide.class.getName(), classes, environment)
                        .untilHealthy(),
                databases,
                admin);
    }

    /** Makes a game, and who sends to it. */
    IngestSenders senders(String game) throws IOException, InterruptedException {
        return new IngestSenders(process.address(), game, NewGame.create(process.address(), admin, game));
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
