package io.gamemetrics.queryside.subscriptions;

import io.gamemetrics.queryside.limits.Room;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on one connection, bounded. A virtual thread sends while there is something to send; a connection
 * at rest has none. What is offered, and even the end, waits until the way to the other end is there: see {@link #begin}.
 * Safe for concurrent use, and whoever offers never waits.
 */
final class Outbox implements Room {

    private final Sender sender;
    private final int mostMessages;
    private final long mostCharacters;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition less = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>(2);
    private long characters;
    private boolean begun;
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

        /** The other end is gone, or takes nothing. Called at most once, and nothing is sent after. */
        void failed();
    }

    /** What is done after everything was sent. */
    @FunctionalInterface
    interface Last {
        void run() throws IOException;
    }

    /** What the sending thread does next. */
    private sealed interface Step {

        record Send(String message) implements Step {}

        record End(Last action) implements Step {}

        record Rest() implements Step {}
    }

    /** The way is there: what waits is sent, and if it was closed before, that is done now. */
    void begin() {
        lock.lock();
        try {
            begun = true;
            if (!waiting.isEmpty() || last != null) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when it is half empty: what is offered then is taken, unless others offer much at the same time. */
    @Override
    public void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && (waiting.size() > mostMessages / 2 || characters > mostCharacters / 2)) {
                less.await();
            }
        } finally {
            lock.unlock();
        }
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
     * Takes nothing more; again changes nothing.
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
            less.signalAll();
            start();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (begun && !sending) {
            sending = true;
            Thread.ofVirtual().start(this::drain);
        }
    }

    private void drain() {
        boolean done = false;
        try {
            done = sendAll();
        } catch (IOException | RuntimeException e) {
            // Whatever it was, the other end can't be told any more.
        } finally {
            if (!done) {
                stop();
                sender.failed();
            }
        }
    }

    private boolean sendAll() throws IOException {
        while (true) {
            switch (next()) {
                case Step.Send(String message) -> sender.send(message);
                case Step.End(Last action) -> {
                    action.run();
                    return true;
                }
                case Step.Rest() -> {
                    return true;
                }
            }
        }
    }

    /** In one step with the look whether anything waits: else what comes meanwhile would be sent beside the end. */
    private Step next() {
        lock.lock();
        try {
            String message = waiting.pollFirst();
            if (message != null) {
                characters -= message.length();
                less.signalAll();
                return new Step.Send(message);
            }
            Last action = last;
            last = null;
            sending = action != null;
            return action == null ? new Step.Rest() : new Step.End(action);
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
            less.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
