package io.gamemetrics.queryside.subscriptions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Hands one thing to many subscribers, on as many threads as there are processors. */
public final class FanOut implements AutoCloseable {

    /** Fewer than this are not worth another thread. */
    private static final int SHARE = 64;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("subscriptions-", 0).daemon(true).factory());

    /** Returns when all have it; each has it from one thread. */
    public <T> void toEach(Collection<T> subscribers, Consumer<T> hand) {
        List<T> all = List.copyOf(subscribers);
        List<CompletableFuture<Void>> shares = new ArrayList<>();
        for (int from = SHARE; from < all.size(); from += SHARE) {
            List<T> share = all.subList(from, Math.min(all.size(), from + SHARE));
            shares.add(CompletableFuture.runAsync(() -> share.forEach(hand), threads));
        }
        all.subList(0, Math.min(all.size(), SHARE)).forEach(hand);
        shares.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
