package io.gamemetrics.queryside.subscriptions;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, bounded. A virtual thread sends while there is something to send; a connection
 * at rest has none. Safe for concurrent use, and whoever offers never waits.
 */
final class Outbox {

    private final Sender sender;
    private final int mostMessages;
    private final long mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> waiting = new ArrayDeque<>(2);
    private long characters;
    private boolean sending;
    private boolean closed;
    private @Nullable Last last;

    Outbox(Sender sender, int mostMessages, long mostCharacters) {
        this.sender = sender;
        this.mostMessages = mostMessages;
        this.mostCharacters = mostCharacters;
    }

    /** The way to the other end. Used by one thread at a time; may wait. */
    interface Sender {

        void send(String message) throws IOException;

        /** The other end is gone, or takes nothing. */
        void failed();
    }

    /** What is done after everything was sent. */
    @FunctionalInterface
    interface Last {
        void run() throws IOException;
    }

    /** Takes a message; false when too much waits already. What comes after the end is dropped. */
    boolean offer(String message) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (waiting.size() >= mostMessages || characters + message.length() > mostCharacters) {
                return false;
            }
            waiting.addLast(message);
            characters += message.length();
            start();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing more.
     *
     * @param keepWaiting whether what waits is still sent before {@code action}
     */
    void close(boolean keepWaiting, Last action) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (!keepWaiting) {
                waiting.clear();
            }
            last = action;
            start();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (!sending) {
            sending = true;
            Thread.ofVirtual().start(this::drain);
        }
    }

    private void drain() {
        try {
            for (String message = next(); message != null; message = next()) {
                sender.send(message);
            }
            Last action = takeLast();
            if (action != null) {
                action.run();
            }
        } catch (IOException | RuntimeException e) {
            stop();
            sender.failed();
        }
    }

    private @Nullable String next() {
        lock.lock();
        try {
            String message = waiting.pollFirst();
            if (message == null) {
                sending = false;
            } else {
                characters -= message.length();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Last takeLast() {
        lock.lock();
        try {
            Last action = last;
            last = null;
            return action;
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            last = null;
        } finally {
            lock.unlock();
        }
    }
}
