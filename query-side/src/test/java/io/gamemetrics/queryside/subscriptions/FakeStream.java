package io.gamemetrics.queryside.subscriptions;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

/** A stream's answer as the web server gives it, whose other end a test plays. */
final class FakeStream implements SseBuilder {

    /** Each event as {@code name data}, comments as {@code :}. */
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    private final CompletableFuture<Void> completed = new CompletableFuture<>();
    private final StringBuilder building = new StringBuilder();
    private volatile CountDownLatch sending = new CountDownLatch(1);
    private volatile CountDownLatch taking = new CountDownLatch(0);
    private volatile @Nullable Throwable broken;
    private Runnable whenComplete = () -> {};
    private Consumer<Throwable> whenError = failure -> {};

    /** The other end takes nothing until the result is counted down. */
    CountDownLatch stall() {
        sending = new CountDownLatch(1);
        taking = new CountDownLatch(1);
        return taking;
    }

    /** Until somebody sends, whether or not it is taken. */
    void awaitSending() throws InterruptedException {
        sending.await();
    }

    /** The other end is gone: the next one who sends finds out. */
    void breakWith(Throwable failure) {
        broken = failure;
    }

    /** As the web server does when it notices by itself. */
    void fail() {
        whenError.accept(new IOException("gone"));
        whenComplete.run();
    }

    void awaitCompleted() throws Exception {
        completed.get(10, TimeUnit.SECONDS);
    }

    boolean isCompleted() {
        return completed.isDone();
    }

    @Override
    public void send(Object object) throws IOException {
        data(object);
    }

    @Override
    public void send() throws IOException {
        sending.countDown();
        try {
            taking.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        switch (broken) {
            case null -> sent.add(building.toString());
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        building.setLength(0);
    }

    @Override
    public SseBuilder id(String id) {
        return this;
    }

    @Override
    public SseBuilder event(String eventName) {
        building.append(eventName).append(' ');
        return this;
    }

    @Override
    public SseBuilder retry(Duration duration) {
        return this;
    }

    @Override
    public SseBuilder comment(String comment) {
        building.append(':');
        return this;
    }

    @Override
    public void data(Object object) throws IOException {
        building.append(object);
        send();
    }

    @Override
    public void error(Throwable failure) {
        whenError.accept(failure);
    }

    @Override
    public void complete() {
        completed.complete(null);
        whenComplete.run();
    }

    @Override
    public SseBuilder onTimeout(Runnable onTimeout) {
        return this;
    }

    @Override
    public SseBuilder onError(Consumer<Throwable> onError) {
        whenError = onError;
        return this;
    }

    @Override
    public SseBuilder onComplete(Runnable onCompletion) {
        whenComplete = onCompletion;
        return this;
    }
}
