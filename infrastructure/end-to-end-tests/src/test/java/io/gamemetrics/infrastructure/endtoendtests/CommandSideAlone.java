package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A command side in this JVM that publishes nothing, on a PostgreSQL that has nothing else to do. */
record CommandSideAlone(ConfigurableApplicationContext context, Client client) implements AutoCloseable {

    static CommandSideAlone start(Path keys) {
        String secret = LocalTokens.newSecret();
        Map<String, Object> properties = new HashMap<>();
        properties.put("gamemetrics.postgres.url", TestPostgres.newDatabase());
        properties.put("gamemetrics.postgres.user", TestPostgres.server().user());
        properties.put("gamemetrics.postgres.password", TestPostgres.server().password());
        properties.put("gamemetrics.vault.url", TestPostgres.newDatabase());
        properties.put("gamemetrics.key-dir", keys.toString());
        properties.put("gamemetrics.local-token-secret", secret);
        properties.put("server.port", "0");
        ConfigurableApplicationContext context = CommandSide.start(properties);
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        String token = new LocalTokens(secret)
                .mint("bench", Map.of(Caller.EVERY_GAME, Set.of(Role.ADMIN)), Duration.ofHours(12));
        return new CommandSideAlone(context, Client.of("http://127.0.0.1:" + port, List.of(), token));
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
