package io.gamemetrics.queryside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.queryside.game.PositionWait;
import io.gamemetrics.queryside.game.ReadModel;
import io.gamemetrics.queryside.livetail.LiveTailFeed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** The service over {@link FixedNumbers}, on a port of its own, and how to ask it. */
final class QueryService implements AutoCloseable {

    static final String READ_KEY = "gmk_read_r1_x";
    static final String INGEST_KEY = "gmk_ingest_i1_x";

    /** What keys open; a test may revoke one that is its own. */
    static final Map<String, Role> KEYS = new ConcurrentHashMap<>(Map.of(READ_KEY, Role.READ, INGEST_KEY, Role.INGEST));

    static final int PARTITIONS = 2;

    /** By number. */
    static final Map<String, Integer> GAMES = Map.of("intendo", 1, "other", 2);

    static final UUID PLAYER = UUID.randomUUID();

    private static final String SECRET = LocalTokens.newSecret();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServletWebServerApplicationContext context;
    private final ObjectProvider<FixedNumbers> numbers;

    private QueryService(ServletWebServerApplicationContext context) {
        this.context = context;
        this.numbers = context.getBeanProvider(FixedNumbers.class);
    }

    FixedNumbers numbers() {
        return numbers.getObject();
    }

    /** What its queries wait for. */
    List<ReadModel> readModels() {
        return context.getBean(PositionWait.class).models();
    }

    /** How many follow some game's events. */
    int followers() {
        return context.getBean(LiveTailFeed.class).subscribers();
    }

    /** The service over real stores in this database. */
    static QueryService startOn(String database, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("gamemetrics.timescale.url", database);
        all.putIfAbsent("gamemetrics.vault.url", database);
        all.putIfAbsent("gamemetrics.redis.url", "redis://127.0.0.1:1");
        all.putIfAbsent("gamemetrics.key-dir", "target/no-keys");
        return new QueryService(QuerySide.start(withDefaults(all)));
    }

    static QueryService start(Map<String, String> properties) {
        return new QueryService(QuerySide.start(FixedStores.class, withDefaults(properties)));
    }

    private static Map<String, String> withDefaults(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("server.port", "0");
        all.put("gamemetrics.local-token-secret", SECRET);
        return all;
    }

    static String token(String game, Role... roles) {
        return tokenOf("somebody", game, roles);
    }

    /** Of somebody with one role in each of some games. */
    static String token(Map<String, Role> roles) {
        Map<String, Set<Role>> sets = new HashMap<>();
        roles.forEach((game, role) -> sets.put(game, Set.of(role)));
        return new LocalTokens(SECRET).mint("somebody", sets, Duration.ofHours(1));
    }

    static String tokenOf(String subject, String game, Role... roles) {
        return new LocalTokens(SECRET).mint(subject, Map.of(game, Set.of(roles)), Duration.ofHours(1));
    }

    int port() {
        return context.getWebServer().getPort();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String token, String body) throws IOException, InterruptedException {
        return send(to("/graphql")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Asks as an analyst of every game. */
    JsonNode ask(String query) throws IOException, InterruptedException {
        return ask(token("*", Role.ANALYST), query);
    }

    JsonNode ask(String token, String query) throws IOException, InterruptedException {
        return ask(token, query, Map.of());
    }

    JsonNode ask(String token, String query, Map<String, Object> variables) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post(token, JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asText();
    }

    @Override
    public void close() {
        context.close();
    }
}
