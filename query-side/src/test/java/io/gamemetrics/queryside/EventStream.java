package io.gamemetrics.queryside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client of server-sent events. */
final class EventStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    private EventStream(QueryService service, String token, String query) throws IOException, InterruptedException {
        answer = client.send(
                service.to("/graphql")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", query))))
                        .build(),
                BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    static EventStream open(QueryService service, String token, String query) throws Exception {
        return new EventStream(service, token, query);
    }

    /** One event. */
    record Sent(String name, JsonNode data) {}

    int status() {
        return answer.statusCode();
    }

    /** The next event, comments left out. */
    Sent next() throws IOException {
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            } else if (line.isEmpty() && !name.isEmpty()) {
                return new Sent(name, data.isEmpty() ? JSON.missingNode() : JSON.readTree(data));
            }
        }
        throw new AssertionError("the stream is over: status=" + answer.statusCode());
    }

    boolean isOver() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
