package io.gamemetrics.infrastructure.platform;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells the one who waits what is being started and what is ready. Thread-safe. */
final class Progress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    /** Runs one step of the start and tells when it is done, and how long it took. */
    <T> T step(String name, Callable<T> step) throws Exception {
        long from = System.nanoTime();
        T result = step.call();
        out.println(String.format(Locale.ROOT, "  %-12s ready   %4.1f s", name, (System.nanoTime() - from) / 1e9));
        return result;
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
