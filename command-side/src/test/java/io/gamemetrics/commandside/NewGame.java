package io.gamemetrics.commandside;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A game at a command side that is a process of its own. */
public final class NewGame {

    private NewGame() {}

    /**
     * Creates it.
     *
     * @param admin a token
     * @return the key to send its events with
     */
    public static String create(String address, String admin, String game) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/games"))
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"gameId\":\"" + game + "\"}"))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new AssertionError("the game was not created: " + answer.statusCode());
            }
            return JsonMapper.builder()
                    .build()
                    .readTree(answer.body())
                    .path("apiKey")
                    .asText();
        }
    }
}
