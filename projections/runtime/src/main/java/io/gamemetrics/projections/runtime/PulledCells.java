package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Contents' cells one after another, for two of them to be gone through side by side: a thread of its own reads a little
 * ahead. The contents are nobody else's until this is at its end or closed.
 */
final class PulledCells implements Iterator<Cell>, AutoCloseable {

    private static final int AHEAD = 1_000;

    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private final Runnable waiting;
    private @Nullable Step next;

    private sealed interface Step {
        record Read(Cell cell) implements Step {}

        record End() implements Step {}

        record Failed(RuntimeException cause) implements Step {}
    }

    /** @param waiting called again and again while a cell is waited for */
    PulledCells(Contents contents, Runnable waiting) {
        this.waiting = waiting;
        thread = Thread.ofPlatform().name("cells").daemon(true).start(() -> read(contents));
    }

    @Override
    public boolean hasNext() {
        return switch (look()) {
            case Step.Read read -> true;
            case Step.End end -> false;
            case Step.Failed(RuntimeException cause) -> throw cause;
        };
    }

    @Override
    public Cell next() {
        if (look() instanceof Step.Read(Cell cell)) {
            next = null;
            return cell;
        }
        throw new NoSuchElementException();
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Step look() {
        while (next == null) {
            try {
                next = steps.poll(1, TimeUnit.SECONDS);
                waiting.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while cells were read");
            }
        }
        return next;
    }

    private void read(Contents contents) {
        try {
            try {
                contents.forEachCell(cell -> put(new Step.Read(cell)));
                put(new Step.End());
            } catch (CancellationException e) {
                // Closed before the end.
                return;
            } catch (RuntimeException e) {
                put(new Step.Failed(e));
            } catch (Error e) {
                // Who waits for the next cell must not wait for ever.
                put(new Step.Failed(new IllegalStateException("cells were not read", e)));
            }
        } catch (CancellationException e) {
            // Closed before the failure was wanted.
            Thread.currentThread().interrupt();
        }
    }

    private void put(Step step) {
        try {
            steps.put(step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("no more cells are wanted");
        }
    }
}
