package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Brings one batch to the platform, however often it has to be sent: repeating is safe, for the same event under the
 * same id counts once. Thread-safe.
 */
final class Delivery {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int TOO_LARGE = 413;

    private final Api api;
    private final String path;
    private final Duration patience;

    /** Whoever never answered is more likely misspelt than down for a moment. */
    private final Duration patienceAtFirst;

    private volatile boolean everAnswered;

    Delivery(Api api, String gameId, boolean validateOnly, Duration patience) {
        this.api = api;
        this.path = "/v1/games/" + Names.inPath(gameId) + "/events" + (validateOnly ? "?validateOnly=true" : "");
        this.patience = patience;
        this.patienceAtFirst = patience.compareTo(Duration.ofSeconds(5)) < 0 ? patience : Duration.ofSeconds(5);
    }

    Outcome deliver(Batch batch) throws InterruptedException {
        byte[] body = gzipped(batch);
        long began = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Duration atLeast;
            CommandEndedException reason;
            try {
                HttpResponse<byte[]> response = api.send(api.request(path)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build());
                everAnswered = true;
                if (response.statusCode() == 200) {
                    JsonNode answer = Api.json(response.body());
                    return Outcome.of(answer, batch.first());
                }
                if (response.statusCode() == TOO_LARGE && batch.events().size() > 1) {
                    return inHalves(batch);
                }
                Problem problem = Problem.of(response);
                if (!problem.passes()) {
                    throw new CommandEndedException(
                            Exit.REFUSED,
                            "Events " + (batch.first() + 1) + " to " + batch.end() + " were refused ("
                                    + problem.status() + "): " + problem.text());
                }
                reason = problem.asEnd();
                atLeast = retryAfter(response);
            } catch (IOException e) {
                reason = api.notReachable();
                atLeast = Duration.ZERO;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(everAnswered ? patience : patienceAtFirst) > 0) {
                throw reason;
            }
            Thread.sleep(atLeast.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis()) + 1));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private Outcome inHalves(Batch batch) throws InterruptedException {
        int half = batch.events().size() / 2;
        return deliver(new Batch(batch.first(), batch.events().subList(0, half)))
                .plus(deliver(new Batch(
                        batch.first() + half,
                        batch.events().subList(half, batch.events().size()))));
    }

    /** In seconds, as the platform sends it; a date or nonsense counts as nothing said. */
    private static Duration retryAfter(HttpResponse<byte[]> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        try {
            return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    private static byte[] gzipped(Batch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(batch.events().size() * 64);
        try (OutputStream out = new FastGzip(bytes)) {
            for (byte[] event : batch.events()) {
                out.write(event);
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 14);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
