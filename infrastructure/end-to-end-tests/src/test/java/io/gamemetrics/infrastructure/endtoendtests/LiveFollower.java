package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows all of a game's events over server-sent events. When a stream breaks it comes back at the next query side,
 * after what it saw last.
 */
final class LiveFollower implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Client client;
    private final String game;
    private final List<JsonNode> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger streams = new AtomicInteger();
    private final Thread thread;
    private volatile String after;
    private volatile String refused = "";
    private volatile boolean closed;

    /** @param after the first event seen is the next one */
    LiveFollower(Client client, String game, String after) {
        this.client = client;
        this.game = game;
        this.after = after;
        this.thread = Thread.ofVirtual().start(this::follow);
    }

    /** How often it came to a query side that took it. */
    int streams() {
        return streams.get();
    }

    /** Waits until so many events were seen, and gives all; more are a failure of the caller's to find. */
    List<JsonNode> await(int events) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (seen.size() < events && refused.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        assertThat(refused).isEmpty();
        return List.copyOf(seen);
    }

    private void follow() {
        for (int turn = 0; !closed && refused.isEmpty(); turn++) {
            try {
                read(client.queries().get(turn % client.queries().size()));
            } catch (IOException e) {
                // the stream broke, or nobody is there: the next one
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void read(String querySide) throws IOException, InterruptedException {
        String query = "subscription { events(gameId: \"" + game + "\", sampleMax: 1000, after: \"" + after
                + "\") { position type occurredAt leftOut gap } }";
        HttpResponse<InputStream> answer = client.http()
                .send(
                        client.to(querySide + "/graphql", client.token())
                                .header("Accept", "text/event-stream")
                                .POST(BodyPublishers.ofString(Client.JSON.writeValueAsString(Map.of("query", query))))
                                .build(),
                        BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                return;
            }
            streams.incrementAndGet();
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (line.startsWith("data:") && line.length() > "data:".length()) {
                    take(Client.JSON.readTree(line.substring("data:".length())));
                }
            }
        }
    }

    private void take(JsonNode answer) {
        JsonNode event = answer.at("/data/events");
        if (event.hasNonNull("position")) {
            seen.add(event);
            after = event.path("position").asText();
        } else if (answer.toString().contains("POSITION_TOO_OLD")) {
            refused = answer.toString();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
