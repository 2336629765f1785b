package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that outlived the platform which had started it, because that one was killed. */
final class LeftOver {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeftOver() {}

    /**
     * Stops the server of this folder if it still runs. Only a process whose command line names this folder is touched:
     * its id may long belong to somebody else's program.
     */
    static void stop(ServerFolder folder, String signal) {
        process(folder).ifPresent(process -> {
            Signal.send(signal, process.pid());
            if (!endsWithin(process, PATIENCE)) {
                process.destroyForcibly();
                if (!endsWithin(process, PATIENCE)) {
                    throw new CannotStartException("The process " + process.pid() + " of an earlier start still uses "
                            + folder.root() + ": end it, then start again.");
                }
            }
        });
    }

    static Optional<ProcessHandle> process(ServerFolder folder) {
        return writtenId(folder.pid())
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(folder.root().toString()));
    }

    private static Optional<Long> writtenId(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // never started, or killed while writing it: then nothing was started either
        }
    }

    static boolean endsWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
