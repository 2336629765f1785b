package io.gamemetrics.commandside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Real command sides on real databases, called over HTTP. Several may share the databases. */
public final class TestCommandSide implements AutoCloseable {

    private static final String SECRET = LocalTokens.newSecret();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Two databases and a key directory: what replicas share. */
    public record Databases(String store, String vault, Path keys) {

        public static Databases create() {
            try {
                return new Databases(
                        TestPostgres.newDatabase(), TestPostgres.newDatabase(), Files.createTempDirectory("keys"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The same databases with another key directory. */
        public Databases withKeys(Path other) {
            return new Databases(store, vault, other);
        }
    }

    /** An answer with its body as JSON; a missing node when there is none. */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> response) {}

    private final ServletWebServerApplicationContext context;

    private TestCommandSide(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    public static TestCommandSide start(Databases databases) {
        return start(databases, Map.of());
    }

    /** Starts with these properties beside those that every test needs. */
    public static TestCommandSide start(Databases databases, Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("gamemetrics.postgres.url", databases.store());
        properties.put("gamemetrics.postgres.user", TestPostgres.server().user());
        properties.put("gamemetrics.postgres.password", TestPostgres.server().password());
        properties.put("gamemetrics.vault.url", databases.vault());
        properties.put("gamemetrics.key-dir", databases.keys().toString());
        properties.put("gamemetrics.local-token-secret", SECRET);
        properties.put("server.port", "0");
        return new TestCommandSide((ServletWebServerApplicationContext) CommandSide.start(properties));
    }

    public ServletWebServerApplicationContext context() {
        return context;
    }

    public String admin() {
        return person(Map.of("*", Set.of(Role.ADMIN)));
    }

    /** A token of somebody with these roles. */
    public String person(Map<String, Set<Role>> grants) {
        return new LocalTokens(SECRET).mint("tester", grants, Duration.ofHours(1));
    }

    /** Creates a game and returns its key. */
    public String createGame(String id) {
        Answer answer = send(
                "POST",
                "/v1/games",
                admin(),
                "application/json",
                ("{\"gameId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 201) {
            throw new IllegalStateException("the game was not created: " + answer);
        }
        return answer.body().get("apiKey").textValue();
    }

    public Answer events(String game, @Nullable String key, String json) {
        return send(
                "POST",
                "/v1/games/" + game + "/events",
                key,
                "application/json",
                json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null, new byte[0]);
    }

    public Answer admin(String method, String path, String json) {
        return send(method, path, admin(), "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(
            String method,
            String path,
            @Nullable String token,
            @Nullable String contentType,
            byte[] body,
            String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            boolean isJson = response.headers()
                    .firstValue("Content-Type")
                    .map(type -> type.contains("json"))
                    .orElse(true);
            return new Answer(
                    response.statusCode(), isJson ? JSON.readTree(response.body()) : JSON.missingNode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
