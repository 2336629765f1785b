package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Several clients that each send one event after the other, until one is not answered with 200. */
final class SteadySenders {

    private static final int SENDERS = 8;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final String game;
    private final String key;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    private SteadySenders(String game, String key, URI address) {
        this.game = game;
        this.key = key;
        this.address = address;
    }

    /** Creates the game on the platform that this command line talks to. */
    static SteadySenders of(CommandLine commandLine, String game) throws Exception {
        try (Client client = Client.of(commandLine.data())) {
            String key = client.createGame(game, "UTC");
            return new SteadySenders(game, key, URI.create(client.commands() + "/v1/games/" + game + "/events"));
        }
    }

    void start() {
        for (int number = 0; number < SENDERS; number++) {
            String player = "p" + number;
            threads.add(Thread.ofVirtual().start(() -> sendUntilRefused(player)));
        }
    }

    private void sendUntilRefused(String player) {
        try {
            for (int event = 0; ; event++) {
                String id = player + "-" + event;
                sent.add(id);
                HttpRequest request = HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("[" + event(id) + "]"))
                        .build();
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    return;
                }
                assertThat(JSON.readTree(response.body()).path("accepted").asInt())
                        .isEqualTo(1);
                answered.add(id);
            }
        } catch (IOException e) {
            return; // no answer: nothing is promised about that event
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String event(String id) {
        String player = id.substring(0, id.indexOf('-'));
        return """
                {"eventId":"%s","type":"custom","name":"drain","playerId":"%s","occurredAt":"2026-01-01T10:00:00Z"}""".formatted(id, player);
    }

    /** Waits until so many were answered, and gives how many really were. */
    int awaitAnswered(int least) {
        while (answered.size() < least && threads.stream().anyMatch(Thread::isAlive)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(least);
        return answered.size();
    }

    /** The ids of all events that were answered with 200, once nobody sends any more. */
    Set<String> untilRefused() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return Set.copyOf(answered);
    }

    Set<String> sent() {
        return sent;
    }

    /** Sends the same events once more and gives what the command line says of them. */
    JsonNode sendAgain(CommandLine commandLine, Collection<String> ids) throws Exception {
        Path file = Files.writeString(
                Files.createTempFile("again-", ".ndjson"),
                ids.stream().map(SteadySenders::event).collect(Collectors.joining("\n", "", "\n")));
        CommandLine.Ended ended = commandLine.run("events", "send", file.toString(), "--game", game);
        Files.delete(file);
        assertThat(ended.exit()).as(ended.problems()).isZero();
        return ended.answer();
    }

    /** How many of them the metrics hold, in numbers from that position on. */
    int counted(CommandLine commandLine, String position) throws Exception {
        try (Client client = Client.of(commandLine.data())) {
            return client.game(
                            game,
                            position,
                            "eventMetrics(name: \"drain\", from: \"2026-01-01T00:00:00Z\", to: \"2026-01-02T00:00:00Z\")"
                                    + " { total }")
                    .at("/eventMetrics/0/total")
                    .asInt();
        }
    }
}
