package io.gamemetrics.infrastructure.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What has to be closed at the end, the last started first: nobody loses what it still writes to. What is added after
 * the end has begun is closed at once. Thread-safe.
 */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean ended;

    void add(AutoCloseable each) {
        synchronized (started) {
            if (!ended) {
                started.push(each);
                return;
            }
        }
        close(each);
    }

    @Override
    public void close() {
        AutoCloseable next;
        while ((next = pop()) != null) {
            close(next);
        }
    }

    private @Nullable AutoCloseable pop() {
        synchronized (started) {
            ended = true;
            return started.poll();
        }
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            // Asked for here and not once for the class: that is loaded before it is known where the log lies.
            LoggerFactory.getLogger(Closing.class)
                    .error("something did not close cleanly; the rest is closed all the same", e);
        }
    }
}
