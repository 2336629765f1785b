package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.zip.GZIPOutputStream;

/** Sends batches to a running command side from this machine, as fast as they are answered. */
final class IngestSenders implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String key;
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong batchesAgain = new AtomicLong();

    /** How a batch is written down and sent. */
    enum Form {
        JSON,
        LINES,
        PACKED;

        private byte[] body(IngestLoad load, long number) throws IOException {
            return switch (this) {
                case JSON -> load.body(number);
                case LINES -> load.lines(number);
                case PACKED -> packed(load.body(number));
            };
        }

        private String type() {
            return this == LINES ? "application/x-ndjson" : "application/json";
        }

        private static byte[] packed(byte[] body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream packing = new GZIPOutputStream(bytes)) {
                packing.write(body);
            }
            return bytes.toByteArray();
        }
    }

    IngestSenders(TestCommandSide server, String game, String key) {
        this("http://127.0.0.1:" + server.context().getWebServer().getPort(), game, key);
    }

    /** @param server its address */
    IngestSenders(String server, String game, String key) {
        this.address = URI.create(server + "/v1/games/" + game + "/events");
        this.key = key;
    }

    /** Events accepted in a second, over so long; every one of them has to be. */
    long perSecond(IngestLoad load, Duration length) throws Exception {
        return perSecond(load, length, Form.JSON);
    }

    /** The same, sent in that form. */
    long perSecond(IngestLoad load, Duration length, Form form) throws Exception {
        return perSecond(load, length, () -> send(load, batches.incrementAndGet(), form, "accepted"));
    }

    /** Events found to be duplicates in a second, over so long: batches sent before are sent again, from the first. */
    long againPerSecond(IngestLoad load, Duration length) throws Exception {
        return perSecond(load, length, () -> {
            long number = 1 + batchesAgain.getAndIncrement() % batches.get();
            return send(load, number, Form.JSON, "duplicates");
        });
    }

    private static long perSecond(IngestLoad load, Duration length, Callable<Integer> one) throws Exception {
        long begun = System.nanoTime();
        long end = begun + length.toNanos();
        long events = all(load.connections(), () -> {
            long sent = 0;
            while (System.nanoTime() < end) {
                sent += one.call();
            }
            return sent;
        });
        return events * 1_000_000_000L / (System.nanoTime() - begun);
    }

    /** Sends so many batches, all of whose events have to be accepted. */
    void send(IngestLoad load, long count) throws Exception {
        long last = batches.get() + count;
        all(load.connections(), () -> {
            long sent = 0;
            for (long number = next(last); number > 0; number = next(last)) {
                sent += send(load, number, Form.JSON, "accepted");
            }
            return sent;
        });
    }

    /** The next batch's number; 0 after the last. */
    private long next(long last) {
        long before = batches.getAndUpdate(number -> Math.min(number + 1, last));
        return before < last ? before + 1 : 0;
    }

    /** Sends one batch and waits; for a client that keeps its own time. */
    void next(IngestLoad load) throws IOException, InterruptedException {
        send(load, batches.incrementAndGet(), Form.JSON, "accepted");
    }

    /** @return how many events */
    private int send(IngestLoad load, long number, Form form, String expected)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", form.type())
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.body(load, number)));
        if (form == Form.PACKED) {
            request.header("Content-Encoding", "gzip");
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().contains("\"" + expected + "\":" + load.batch() + ",")) {
            throw new IllegalStateException("not all " + expected + ": " + answer.statusCode() + " " + answer.body());
        }
        return load.batch();
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
