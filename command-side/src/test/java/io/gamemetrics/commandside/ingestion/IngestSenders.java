package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.TestCommandSide;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Sends batches to a running command side from this machine, as fast as they are answered. */
final class IngestSenders implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String key;
    private final AtomicLong batches = new AtomicLong();

    IngestSenders(TestCommandSide server, String game, String key) {
        this.address = URI.create(
                "http://127.0.0.1:" + server.context().getWebServer().getPort() + "/v1/games/" + game + "/events");
        this.key = key;
    }

    /** Events accepted in a second, over so long; every one of them has to be. */
    long perSecond(IngestLoad load, Duration length) throws Exception {
        long begun = System.nanoTime();
        long end = begun + length.toNanos();
        long accepted = all(load.connections(), () -> {
            long events = 0;
            while (System.nanoTime() < end) {
                send(load.body(batches.incrementAndGet()), load.batch());
                events += load.batch();
            }
            return events;
        });
        return accepted * 1_000_000_000L / (System.nanoTime() - begun);
    }

    /** Sends one batch and waits; for a client that keeps its own time. */
    void next(IngestLoad load) throws IOException, InterruptedException {
        send(load.body(batches.incrementAndGet()), load.batch());
    }

    private void send(byte[] body, int events) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("\"accepted\":" + events + ",")) {
            throw new IllegalStateException("not all accepted: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** The sum of what so many threads give. */
    static long all(int threads, Callable<Long> work) throws Exception {
        long sum = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(work));
            }
            for (Future<Long> one : running) {
                sum += one.get();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        http.close();
    }
}
