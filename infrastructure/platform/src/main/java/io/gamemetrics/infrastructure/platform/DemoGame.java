package io.gamemetrics.infrastructure.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamemetrics.infrastructure.demo.DemoSample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The game {@code demo}, filled as any game's backend would fill it. To fill it again adds the days since. */
final class DemoGame {

    static final String GAME = "demo";

    private static final int EVENTS_A_REQUEST = 5_000;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int CONFLICT = 409;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String game;
    private final String adminToken;
    private final HttpClient http = HttpClient.newHttpClient();

    DemoGame(PlatformSettings settings, LocalAccess access) {
        this.game = Welcome.commands(settings) + "/v1/games/" + GAME;
        this.adminToken = access.adminToken();
    }

    /** Gives what the one who started the platform may do first. */
    String fill() throws IOException, InterruptedException {
        create();
        JsonNode key = ask("POST", "/keys", "{\"kind\":\"INGEST\",\"label\":\"demo\"}", adminToken, Set.of(CREATED));
        int accepted = 0;
        int there = 0;
        Instant now = Clock.systemUTC().instant();
        List<String> events = DemoSample.until(now);
        for (int from = 0; from < events.size(); from += EVENTS_A_REQUEST) {
            List<String> batch = events.subList(from, Math.min(events.size(), from + EVENTS_A_REQUEST));
            JsonNode answer =
                    ask("POST", "/events", batch.toString(), key.path("secret").asText(), Set.of(OK));
            if (answer.path("rejected").asInt() > 0) {
                throw new IllegalStateException("events of the demo were refused: "
                        + answer.path("problems").path(0).path("code").asText());
            }
            accepted += answer.path("accepted").asInt();
            there += answer.path("duplicates").asInt();
        }
        ask("DELETE", "/keys/" + key.path("keyId").asText(), null, adminToken, Set.of(OK, NO_CONTENT));
        return Welcome.lookAtTheDemo(accepted, there, now.atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** What is there stays: each of these may be said again. */
    private void create() throws IOException, InterruptedException {
        String parent = game.substring(0, game.lastIndexOf('/'));
        send(
                "POST",
                parent,
                JSON.writeValueAsString(Map.of("gameId", GAME, "name", "Demo")),
                adminToken,
                Set.of(CREATED, CONFLICT));
        board(DemoSample.HIGH_SCORES, "BEST", "NEVER");
        board(DemoSample.WEEKLY_TROPHIES, "SUM", "WEEKLY");
        ask("PUT", "/exchange-rates/2020-01-01", "{\"EUR\":\"1.0832\"}", adminToken, Set.of(OK));
    }

    private void board(String id, String operator, String reset) throws IOException, InterruptedException {
        String rule = String.format(Locale.ROOT, "{\"operator\":\"%s\",\"reset\":\"%s\"}", operator, reset);
        ask("PUT", "/leaderboards/" + id, rule, adminToken, Set.of(OK));
    }

    private JsonNode ask(String method, String path, @Nullable String body, String token, Set<Integer> good)
            throws IOException, InterruptedException {
        return send(method, game + path, body, token, good);
    }

    private JsonNode send(String method, String address, @Nullable String body, String token, Set<Integer> good)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (!good.contains(response.statusCode())) {
            throw new IllegalStateException("the demo was answered " + response.statusCode() + " to " + method + " "
                    + request.uri().getPath() + ": " + response.body());
        }
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }
}
