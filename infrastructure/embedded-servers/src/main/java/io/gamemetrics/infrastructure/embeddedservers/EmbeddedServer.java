package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real server running as a child process. It survives its starter's death by force; the next start on the same folder
 * stops it first. Thread-safe.
 */
public abstract sealed class EmbeddedServer implements AutoCloseable permits PostgresServer, RedisServer, KafkaServer {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Recipe recipe;
    private Process process;

    EmbeddedServer(Recipe recipe) {
        this.recipe = recipe;
        LeftOver.stop(recipe.folder(), recipe.stopSignal());
        this.process = start();
    }

    /** The product's name as people write it. */
    public final String name() {
        return recipe.name();
    }

    public final int port() {
        return recipe.port();
    }

    public final synchronized long pid() {
        return process.pid();
    }

    public final synchronized boolean isRunning() {
        return process.isAlive();
    }

    /** Completes when the process that runs now has ended, for whatever reason. */
    public final synchronized CompletableFuture<?> whenItEnds() {
        return process.onExit();
    }

    /** Starts it on the same port and the same files after it ended. Does nothing while it runs. */
    public final synchronized void startAgain() {
        if (!process.isAlive()) {
            process = start();
        }
    }

    /** Ends it at once, as a power failure of that server would: nothing is flushed or told to anybody. */
    public final synchronized void kill() {
        // PostgreSQL's workers outlive it by a moment, and as long as they hold its memory it does not start again.
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        endsWithin(Duration.ofSeconds(20));
        CompletableFuture.allOf(workers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 20, TimeUnit.SECONDS)
                .join();
    }

    /** By the process itself: its handle may know of the end a moment before {@link Process#isAlive} does. */
    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets it finish and write everything down; by force only when it does not end in a long while. */
    @Override
    public final synchronized void close() {
        if (process.isAlive()) {
            Signal.send(recipe.stopSignal(), process.pid());
            if (!endsWithin(recipe.patience())) {
                kill();
            }
        }
    }

    private Process start() {
        recipe.beforeStart();
        ProcessBuilder builder = new ProcessBuilder(
                        OwnGroup.command(recipe.folder().pid(), recipe.command()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(recipe.folder().log().toFile()));
        builder.environment().putAll(recipe.environment());
        Process started;
        try {
            started = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(recipe.name() + " could not be started", e);
        }
        awaitReady(started);
        return started;
    }

    private void awaitReady(Process started) {
        long deadline = System.nanoTime() + recipe.patience().toNanos();
        while (!recipe.isReady(started.pid())) {
            boolean late =
                    System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted();
            if (!started.isAlive() || late) {
                started.destroyForcibly();
                throw StartFailure.explain(recipe, late);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
