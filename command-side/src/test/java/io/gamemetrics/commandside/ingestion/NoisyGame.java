package io.gamemetrics.commandside.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A game that sends a request on each of many connections at once, every event another player's. */
final class NoisyGame {

    private final TestCommandSide server;
    private final String game;
    private final String key;
    private final int events;
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    private final List<Thread> senders = new ArrayList<>();

    /** @param retryAfter seconds; absent: "" */
    record Told(int status, String retryAfter, long nanos) {}

    NoisyGame(TestCommandSide server, String game, String key, int events) {
        this.server = server;
        this.game = game;
        this.key = key;
        this.events = events;
    }

    void send(int connections) {
        for (int i = 0; i < connections; i++) {
            senders.add(Thread.ofVirtual().start(this::once));
        }
    }

    private void once() {
        byte[] body = body(requests.incrementAndGet()).getBytes(UTF_8);
        long begun = System.nanoTime();
        Answer answer = server.send("POST", "/v1/games/" + game + "/events", key, "application/json", body);
        told.add(new Told(
                answer.status(),
                answer.response().headers().firstValue("Retry-After").orElse(""),
                System.nanoTime() - begun));
    }

    private String body(int request) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < events; i++) {
            body.append(i == 0 ? "" : ",").append("""
                {"eventId":"%d-%d","type":"custom","playerId":"%d-%d","occurredAt":"2026-01-01T10:15:30Z","name":"noise"}""".formatted(request, i, request, i));
        }
        return body.append(']').toString();
    }

    /** What was answered so far. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** What was answered to everything. */
    List<Told> all() throws InterruptedException {
        for (Thread sender : senders) {
            sender.join();
        }
        return told();
    }
}
