package io.gamemetrics.queryside.game;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far all read models have come, told at once: one whose store is slow to say so, or does not, is unavailable and keeps
 * nobody waiting for the others. However many ask, a store is asked once at a time. Safe for concurrent use.
 */
public final class ModelStates {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<ReadModel> models;
    private final Map<String, CompletableFuture<ModelState>> asking = new ConcurrentHashMap<>();

    public ModelStates(List<ReadModel> models) {
        this.models = models;
    }

    /** Each read model's state, by its name, in their order. */
    public Map<String, ModelState> all() {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        Map<String, CompletableFuture<ModelState>> asked = new LinkedHashMap<>();
        models.forEach(model -> asked.put(model.name(), ask(model)));
        Map<String, ModelState> states = new LinkedHashMap<>();
        asked.forEach((name, answer) -> states.put(name, told(answer, deadlineNanos - System.nanoTime())));
        return states;
    }

    private CompletableFuture<ModelState> ask(ReadModel model) {
        CompletableFuture<ModelState> mine = new CompletableFuture<>();
        CompletableFuture<ModelState> others = asking.putIfAbsent(model.name(), mine);
        if (others != null) {
            return others;
        }
        Thread.ofVirtual().name("asking-" + model.name()).start(() -> {
            try {
                mine.complete(model.progress().state());
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
            } finally {
                asking.remove(model.name(), mine);
            }
        });
        return mine;
    }

    private static ModelState told(CompletableFuture<ModelState> answer, long nanos) {
        try {
            return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return new ModelState.Unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ModelState.Unavailable();
        }
    }
}
