package io.gamemetrics.infrastructure.endtoendtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Sends batches to one game, each sender its next as soon as the last is answered, and knows when each position was. */
final class LiveSenders {

    private final Client client;
    private final String game;
    private final String key;
    private final IngestLoad load;
    private final AtomicLong batches = new AtomicLong();
    private final LongAdder accepted = new LongAdder();

    /** When a batch was answered, in nanoseconds, by the position in its answer. */
    private final ConcurrentSkipListMap<Long, Long> answers = new ConcurrentSkipListMap<>();

    private volatile String last = "";

    LiveSenders(Client client, String game, String key, IngestLoad load) {
        this.client = client;
        this.game = game;
        this.key = key;
        this.load = load;
    }

    /** Events accepted in a second, over so long; every one of them has to be. */
    long perSecond(Duration length) throws Exception {
        answers.clear();
        long before = accepted.sum();
        long begun = System.nanoTime();
        long end = begun + length.toNanos();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(load.connections())) {
            for (int sender = 0; sender < load.connections(); sender++) {
                running.add(senders.submit((Callable<Void>) () -> {
                    while (System.nanoTime() < end) {
                        one();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
        return (accepted.sum() - before) * 1_000_000_000L / (System.nanoTime() - begun);
    }

    private void one() throws Exception {
        HttpResponse<String> response = client.post(game, key, new String(load.body(batches.incrementAndGet()), UTF_8));
        JsonNode answer = Client.JSON.readTree(response.body());
        if (answer.path("accepted").asInt() != load.batch()) {
            throw new IllegalStateException("not all accepted: " + response.statusCode() + " " + response.body());
        }
        accepted.add(load.batch());
        last = answer.path("position").asText();
        answers.putIfAbsent(number(last), System.nanoTime());
    }

    /** Events accepted so far. */
    long accepted() {
        return accepted.sum();
    }

    /** For how long something that was accepted is not in a read model that has reached this; 0 when all is. */
    long lagMillis(String position) {
        var missing = answers.higherEntry(number(position));
        return missing == null ? 0 : (System.nanoTime() - missing.getValue()) / 1_000_000;
    }

    /** Waits until the read models have all of it. */
    void untilCaughtUp() throws Exception {
        client.game(game, last, "freshness { position }");
    }

    static long number(String position) {
        return position.isEmpty() ? 0 : Long.parseLong(position.substring(position.indexOf('.') + 1));
    }
}
