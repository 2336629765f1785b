package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A studio's backend, over HTTP. What one query side does not answer it asks the next. Safe for concurrent use.
 *
 * @param commands address of the command side
 * @param queries addresses of all query sides
 * @param token an administrator's
 */
record Client(String commands, List<String> queries, String token, HttpClient http, AtomicInteger turn)
        implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    static Client of(String commands, List<String> queries, String token) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new Client(commands, List.copyOf(queries), token, http, new AtomicInteger());
    }

    /** A client of the platform whose data lie in that folder. */
    static Client of(Path data) throws IOException {
        JsonNode addresses = JSON.readTree(data.resolve("addresses.json").toFile());
        JsonNode credentials = JSON.readTree(data.resolve("credentials.json").toFile());
        return of(
                addresses.path("commands").asText(),
                List.of(addresses.path("queries").asText()),
                credentials.path("admin").asText());
    }

    /** @return the key to send its events with */
    String createGame(String game, String timeZone) throws Exception {
        JsonNode created = command("POST", "/v1/games", Map.of("gameId", game, "timeZone", timeZone));
        return created.path("apiKey").asText();
    }

    void defineBoard(String game, String board, String operator, String order) throws Exception {
        command("PUT", "/v1/games/" + game + "/leaderboards/" + board, Map.of("operator", operator, "order", order));
    }

    /** What the command side answers; it must not refuse. */
    JsonNode command(String method, String path, Map<String, ?> body) throws Exception {
        HttpRequest request = to(commands + path, token)
                .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    /** Sends a JSON array of events once. */
    HttpResponse<String> post(String game, String key, String events) throws IOException, InterruptedException {
        HttpRequest request = to(commands + "/v1/games/" + game + "/events", key)
                .POST(BodyPublishers.ofString(events))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /**
     * Sends a JSON array of events, every one of which is accepted.
     *
     * @return the position that holds them
     */
    String send(String game, String key, String events) throws Exception {
        HttpResponse<String> response = post(game, key, events);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("accepted").asInt())
                .as(response.body())
                .isEqualTo(JSON.readTree(events).size());
        return answer.path("position").asText();
    }

    /** What the first query side that answers says. */
    JsonNode ask(String query, Map<String, String> variables) throws IOException, InterruptedException {
        IOException away = new IOException("no query side");
        byte[] body = JSON.writeValueAsBytes(Map.of("query", query, "variables", variables));
        for (int attempt = 0; attempt < queries.size(); attempt++) {
            String address = queries.get(Math.floorMod(turn.getAndIncrement(), queries.size()));
            try {
                HttpRequest request = to(address + "/graphql", token)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
                return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            } catch (IOException e) {
                away = e;
            }
        }
        throw away;
    }

    /**
     * What the game's fields are, from read models that hold everything up to that position.
     *
     * @param fields with what else belongs into the document after the query, such as fragments
     */
    JsonNode game(String game, String position, String fields, String... fragments) throws Exception {
        String query = "query($p: Position) { game(id: \"" + game + "\", minPosition: $p, waitMillis: 10000) { "
                + fields + " } } " + String.join(" ", fragments);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode answer = ask(query, Map.of("p", position));
            if (answer.path("errors").isEmpty()) {
                return answer.at("/data/game");
            }
            String code = answer.at("/errors/0/extensions/code").asText();
            if (!List.of("PROJECTION_BEHIND", "TIMEOUT", "RATE_LIMITED").contains(code)
                    || System.nanoTime() - deadline > 0) {
                throw new AssertionError(answer.toString());
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    HttpRequest.Builder to(String address, String bearer) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return "Client[" + commands + ", " + queries + "]";
    }
}
