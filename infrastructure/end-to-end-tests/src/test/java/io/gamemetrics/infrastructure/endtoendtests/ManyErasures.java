package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A game with many events of many players, some of whom are erased at once. */
final class ManyErasures {

    private static final String GAME = "crowded";
    private static final int BATCH = 2_000;
    private static final int SENDERS = 4;
    private static final int EVENTS_A_PLAYER = 100;

    private ManyErasures() {}

    /** Sends so many events, and waits until read models hold them. */
    static void play(Client client, int events) throws Exception {
        String key = client.createGame(GAME, "UTC");
        List<Future<String>> sending = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int from = 0; from < events; from += BATCH) {
                int first = from;
                sending.add(
                        senders.submit(() -> client.send(GAME, key, events(first, Math.min(events, first + BATCH)))));
            }
        }
        for (Future<String> sent : sending) {
            client.game(GAME, sent.get(), "freshness { position }");
        }
    }

    private static String events(int from, int to) {
        StringJoiner events = new StringJoiner(",", "[", "]");
        for (int number = from; number < to; number++) {
            events.add(("{\"eventId\":\"e-%d\",\"playerId\":\"%s\",\"type\":\"custom\",\"name\":\"level:done\","
                            + "\"occurredAt\":\"2026-03-%02dT10:%02d:00Z\",\"platform\":\"ios\","
                            + "\"fields\":{\"level\":%d}}")
                    .formatted(number, player(number / EVENTS_A_PLAYER), 1 + number % 28, number % 60, number % 40));
        }
        return events.toString();
    }

    private static String player(int number) {
        return "crowd-" + number + "@example.test";
    }

    /** Orders so many at once, and gives the requests. */
    static List<String> order(Client client, int count) throws Exception {
        Erasing erasing = new Erasing(client, GAME);
        List<String> requests = new ArrayList<>();
        for (int player = 0; player < count; player++) {
            requests.add(erasing.order(player(player)));
        }
        return requests;
    }

    /** Lets a platform live for a while. */
    static void live(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** How long each took, from the order to the certificate, as that says; those that are not done in time are missing. */
    static Map<String, Duration> untilCertified(Client client, List<String> requests, Duration most) throws Exception {
        Erasing erasing = new Erasing(client, GAME);
        Map<String, Duration> took = new HashMap<>();
        long deadline = System.nanoTime() + most.toNanos();
        while (took.size() < requests.size() && System.nanoTime() < deadline) {
            for (String request : requests) {
                if (!took.containsKey(request) && erasing.phase(request).equals("COMPLETED")) {
                    JsonNode certificate = erasing.untilCertified(request);
                    took.put(
                            request,
                            Duration.between(
                                    Instant.parse(certificate.path("executedAt").asText()),
                                    Instant.parse(certificate.path("issuedAt").asText())));
                }
            }
            Thread.sleep(100);
        }
        return took;
    }
}
