package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Backends that send as many events a second as they are told, whether answers come or not, each event once. Of some
 * requests it is asked how long it takes until a query's answer holds what was accepted. Used by one thread.
 */
final class PacedLoad {

    private static final int PLAYERS = 5_000;
    private static final int MOST_AT_ONCE = 64;
    private static final int ASKED_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Client client;
    private final String game;
    private final String key;
    private final AtomicLong made = new AtomicLong();

    PacedLoad(Client client, String game, String key) {
        this.client = client;
        this.game = game;
        this.key = key;
    }

    /**
     * What came of it.
     *
     * @param perSecond events accepted and counted in the metrics, over the time until all of them were
     * @param answerNanos how long a request took, from the moment it was to be sent, sorted
     * @param freshNanos how long after its answer until a query held it, sorted
     * @param refused requests that were not answered with 200
     */
    record Ran(double perSecond, long[] answerNanos, long[] freshNanos, long refused) {

        static double percentileMillis(long[] sorted, double percentile) {
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * percentile))] / 1e6;
        }
    }

    /** As many as are taken: so many senders, each with its next request as soon as it has an answer. */
    double highest(Duration time, int senders, int batch) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long begun = System.nanoTime();
        Sending sending = new Sending();
        List<Thread> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    sending.one(batch, System.nanoTime(), false);
                }
            }));
        }
        return sending.ended(threads, begun).perSecond();
    }

    Ran run(Duration time, double eventsPerSecond, int batch) throws Exception {
        long begun = System.nanoTime();
        long requests = Math.round(time.toMillis() / 1e3 * eventsPerSecond / batch);
        Sending sending = new Sending();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < requests; number++) {
            long due = begun + (long) (number * batch * 1e9 / eventsPerSecond);
            LockSupport.parkNanos(due - System.nanoTime());
            boolean asked = number % ASKED_EVERY == 0;
            threads.add(Thread.ofVirtual().start(() -> sending.one(batch, due, asked)));
            if (number >= MOST_AT_ONCE) {
                // A machine that takes no more gets no more: what waited is in the time of the next ones.
                threads.get(number - MOST_AT_ONCE).join();
            }
        }
        return sending.ended(threads, begun);
    }

    private final class Sending {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final List<Long> answers = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> fresh = Collections.synchronizedList(new ArrayList<>());
        private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        private final AtomicLong last = new AtomicLong();
        private volatile String incarnation = "";

        void one(int batch, long due, boolean asked) {
            try {
                HttpResponse<String> response = client.post(game, key, events(batch));
                long answered = System.nanoTime();
                answers.add(answered - due);
                if (response.statusCode() != 200) {
                    refused.increment();
                    return;
                }
                JsonNode answer = Client.JSON.readTree(response.body());
                accepted.add(answer.path("accepted").asLong());
                String position = answer.path("position").asText();
                String[] parts = position.split("\\.", 2);
                incarnation = parts[0];
                last.accumulateAndGet(Long.parseLong(parts[1]), Math::max);
                if (asked) {
                    client.game(game, position, "freshness { position }");
                    fresh.add(System.nanoTime() - answered);
                }
            } catch (Exception e) {
                failures.add(e);
            }
        }

        Ran ended(List<Thread> threads, long begun) throws Exception {
            for (Thread thread : threads) {
                if (!thread.join(PATIENCE)) {
                    throw new AssertionError("a request took longer than " + PATIENCE);
                }
            }
            if (!failures.isEmpty()) {
                throw failures.element();
            }
            client.game(game, incarnation + "." + last.get(), "freshness { position }");
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Ran(accepted.sum() / seconds, sorted(answers), sorted(fresh), refused.sum());
        }

        private static long[] sorted(List<Long> values) {
            long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    private String events(int batch) throws Exception {
        List<Map<String, Object>> events = new ArrayList<>(batch);
        String now = Instant.now().toString();
        for (int event = 0; event < batch; event++) {
            long number = made.getAndIncrement();
            events.add(Map.of(
                    "eventId",
                    "live-" + number,
                    "type",
                    "custom",
                    "name",
                    "tutorial:step" + number % 7,
                    "playerId",
                    "p" + number % PLAYERS,
                    "country",
                    "SE",
                    "occurredAt",
                    now,
                    "value",
                    number % 10));
        }
        return Client.JSON.writeValueAsString(events);
    }
}
