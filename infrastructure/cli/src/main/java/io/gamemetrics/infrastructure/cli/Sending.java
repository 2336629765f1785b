package io.gamemetrics.infrastructure.cli;

import io.gamemetrics.infrastructure.cli.ResumeFile.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends a whole source: reads it once, in several requests at a time, and keeps what has arrived for a later run.
 *
 * @param mostEvents in one request
 * @param requests at the same time
 */
record Sending(Delivery delivery, ResumeFile resume, ProgressLine shown, int mostEvents, int requests) {

    /** Of 5 MiB that the platform takes. */
    private static final int MOST_BYTES = 4 << 20;

    private static final long BETWEEN_WRITES_NANOS = 1_000_000_000L;

    Outcome send(EventLines lines) throws IOException, InterruptedException {
        Progress before = resume.read();
        for (long skipped = 0; skipped < before.events(); skipped++) {
            if (lines.next() == null) {
                break;
            }
        }
        Arrived arrived = new Arrived(before);
        shown.begin(before.events());
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Semaphore free = new Semaphore(requests);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long written = System.nanoTime();
            long next = before.events();
            while (failure.get() == null) {
                Batch batch = read(lines, next);
                if (batch.events().isEmpty()) {
                    break;
                }
                next = batch.end();
                free.acquire();
                if (failure.get() != null) { // of the request whose place this one would take
                    free.release();
                    break;
                }
                threads.execute(() -> {
                    try {
                        arrived.add(batch, delivery.deliver(batch));
                    } catch (InterruptedException | RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        free.release();
                    }
                });
                shown.draw(arrived.events(), lines.fractionRead());
                if (System.nanoTime() - written > BETWEEN_WRITES_NANOS) {
                    resume.write(arrived.withoutGap());
                    written = System.nanoTime();
                }
            }
            while (!free.tryAcquire(requests, 200, java.util.concurrent.TimeUnit.MILLISECONDS)
                    && failure.get() == null) {
                shown.draw(arrived.events(), lines.fractionRead());
            }
            threads.shutdownNow();
        }
        shown.end();
        if (failure.get() != null) {
            resume.write(arrived.withoutGap());
            throw failure.get() instanceof CommandEndedException ended
                    ? ended
                    : new IllegalStateException("sending failed", failure.get());
        }
        resume.remove();
        return arrived.withoutGap().outcome();
    }

    private Batch read(EventLines lines, long first) throws IOException {
        List<byte[]> events = new ArrayList<>();
        int bytes = 0;
        while (events.size() < mostEvents && bytes < MOST_BYTES) {
            byte[] event = lines.next();
            if (event == null) {
                break;
            }
            events.add(event);
            bytes += event.length + 1;
        }
        return new Batch(first, events);
    }
}
