package io.gamemetrics.infrastructure.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Requests to a service of a test. */
final class Calls {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;

    Calls(int port) {
        this.port = port;
    }

    static String tokenOf(String game, Role... roles) {
        return new LocalTokens(EchoService.SECRET).mint("somebody", Map.of(game, Set.of(roles)), Duration.ofHours(1));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(to(path).header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode problem(HttpResponse<String> response) throws IOException {
        if (!"application/problem+json"
                .equals(response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""))) {
            throw new AssertionError(
                    "not a problem document: " + response.statusCode() + " " + response.headers() + response.body());
        }
        return JSON.readTree(response.body());
    }

    static String code(HttpResponse<String> response) throws IOException {
        return problem(response).path("code").asText();
    }
}
