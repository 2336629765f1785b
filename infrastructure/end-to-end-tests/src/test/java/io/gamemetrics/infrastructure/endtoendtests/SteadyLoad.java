package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * New events all the time, at a pace that leaves a machine time for its dead: each sender sends what one {@link Life}
 * brings, the same again until it is answered with 200, and only then goes on.
 */
final class SteadyLoad implements UnderLoad {

    private static final int BATCH = 6;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A server is missing, or too much came at once: both say to come again. */
    private static final Set<Integer> COME_AGAIN = Set.of(429, 503);

    private final Client client;
    private final String game;
    private final String key;
    private final List<Life> lives;
    private final List<Thread> senders = new ArrayList<>();
    private final List<JsonNode> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong last = new AtomicLong();
    private volatile String incarnation = "";
    private volatile boolean stopping;

    SteadyLoad(Client client, String game, String key, List<Life> lives) {
        this.client = client;
        this.game = game;
        this.key = key;
        this.lives = lives;
    }

    @Override
    public void keepSending() {
        if (senders.isEmpty()) {
            lives.forEach(life -> senders.add(Thread.ofVirtual().start(() -> play(life))));
        }
    }

    @Override
    public boolean isSending() {
        return failures.isEmpty();
    }

    @Override
    public long answered() {
        return acknowledged.size();
    }

    private void play(Life life) {
        try {
            while (!stopping) {
                deliver(life.next(BATCH));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            List<JsonNode> rest = life.rest();
            if (!rest.isEmpty()) {
                deliver(rest);
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    /** Until it is answered. */
    void deliver(List<JsonNode> events) throws IOException, InterruptedException {
        String body = Client.JSON.writeValueAsString(events);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String trouble;
            try {
                HttpResponse<String> response = client.post(game, key, body);
                if (response.statusCode() == 200) {
                    acknowledge(events, Client.JSON.readTree(response.body()));
                    return;
                }
                trouble = response.statusCode() + " " + response.body();
                if (!COME_AGAIN.contains(response.statusCode())) {
                    throw new AssertionError(trouble);
                }
            } catch (IOException e) {
                trouble = e.toString();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not answered for " + PATIENCE + ": " + trouble);
            }
            LockSupport.parkNanos(BEFORE_RETRY.toNanos());
        }
    }

    private void acknowledge(List<JsonNode> events, JsonNode answer) {
        if (answer.path("rejected").asInt() > 0) {
            throw new AssertionError("nothing here breaks a rule: " + answer);
        }
        String[] position = answer.path("position").asText().split("\\.", 2);
        incarnation = position[0];
        last.accumulateAndGet(Long.parseLong(position[1]), Math::max);
        acknowledged.addAll(events);
    }

    /** Sends what is left, and waits until all of it is answered. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread sender : senders) {
            sender.join();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a sender failed", failures.getFirst());
        }
    }

    /** Everything that was answered with 200. */
    History history(ZoneId zone) {
        return new History(zone, List.copyOf(acknowledged));
    }

    /** All of it is at or before this position. */
    String position() {
        return incarnation + "." + last.get();
    }
}
