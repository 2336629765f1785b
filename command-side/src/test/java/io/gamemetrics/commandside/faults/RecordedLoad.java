package io.gamemetrics.commandside.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Senders that send as fast as they are answered, to one command side or another by chance, and write down what they are
 * told. Each batch holds one event that is refused and one that is in it twice. A batch without an answer is sent
 * again until it has one, or given up, by chance.
 */
final class RecordedLoad implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(50);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PLAYERS = 300;
    private static final int PLAYERS_IN_A_BATCH = 5;
    private static final int EVENTS_OF_A_PLAYER = 10;
    private static final String REFUSED = "event.occurredAt.future";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<String> addresses;
    private final String path;
    private final String key;
    private final Ledger ledger;
    private final AtomicLong batches = new AtomicLong();
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean ending;

    private record Batch(String body, Set<String> ids) {}

    RecordedLoad(List<String> addresses, String game, String key, int senderCount, long seed, Ledger ledger) {
        this.addresses = addresses;
        this.path = "/v1/games/" + game + "/events";
        this.key = key;
        this.ledger = ledger;
        for (int sender = 0; sender < senderCount; sender++) {
            Random random = new Random(seed + sender);
            senders.add(Thread.ofPlatform().name("sender-" + sender).start(() -> run(random)));
        }
    }

    private void run(Random random) {
        while (!ending) {
            Batch batch = batch(batches.incrementAndGet(), random);
            while (!send(batch, random) && !ending && random.nextInt(8) > 0) {
                LockSupport.parkNanos(BEFORE_AGAIN.toNanos());
            }
        }
    }

    /** Returns whether there was an answer that says what became of each. */
    private boolean send(Batch batch, Random random) {
        String address = addresses.get(random.nextInt(addresses.size()));
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(ANSWER)
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(batch.body()))
                            .build(),
                    BodyHandlers.ofString());
            switch (answer.statusCode()) {
                case 200 -> {
                    told(batch, JSON.readTree(answer.body()));
                    return true;
                }
                case 503 -> {
                    ledger.unavailable();
                    if (answer.headers().firstValue("Retry-After").isEmpty()) {
                        ledger.trouble("503 without Retry-After");
                    }
                }
                default -> ledger.trouble(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            // Killed, or not there: nobody knows.
        } catch (InterruptedException e) {
            ending = true;
        }
        ledger.doubted(batch.ids());
        return false;
    }

    private void told(Batch batch, JsonNode answer) {
        Set<String> stored = new LinkedHashSet<>(batch.ids());
        Set<String> refused = new LinkedHashSet<>();
        for (JsonNode problem : answer.path("problems")) {
            if (!problem.path("code").asText().equals(REFUSED)) {
                ledger.trouble(problem.toString());
            }
            refused.add(problem.path("eventId").asText());
        }
        stored.removeAll(refused);
        ledger.told(stored, refused);
    }

    private static Batch batch(long number, Random random) {
        List<String> events = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (int player = 0; player < PLAYERS_IN_A_BATCH; player++) {
            String name = "p" + (number + (long) player * (PLAYERS / PLAYERS_IN_A_BATCH)) % PLAYERS;
            for (int i = 0; i < EVENTS_OF_A_PLAYER; i++) {
                String id = number + "-" + player + "-" + i;
                ids.add(id);
                events.add(event(id, name, FIRST.plusSeconds(number)));
            }
        }
        String bad = number + "-refused";
        ids.add(bad);
        events.add(event(bad, "p" + random.nextInt(PLAYERS), Instant.parse("2999-01-01T00:00:00Z")));
        events.add(events.get(random.nextInt(events.size() - 1)));
        return new Batch("[" + String.join(",", events) + "]", ids);
    }

    private static String event(String id, String player, Instant at) {
        return "{\"eventId\":\"%s\",\"type\":\"custom\",\"playerId\":\"%s\",\"occurredAt\":\"%s\",\"name\":\"fault\"}"
                .formatted(id, player, at);
    }

    /** What its senders were told so far. */
    Ledger ledger() {
        return ledger;
    }

    /** Lets each sender have its last answer. */
    @Override
    public void close() {
        ending = true;
        try {
            for (Thread sender : senders) {
                sender.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
