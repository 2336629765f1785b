package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A platform in a process of its own, as people start it. Killed when the test is done with it. */
public final class PlatformProcess implements AutoCloseable {

    /** By name: the test kit lies below the platform and does not know it. */
    private static final String MAIN = "io.gamemetrics.infrastructure.platform.Platform";

    private static final String RECONCILIATION = "io.gamemetrics.infrastructure.platform.Reconciliation";

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;

    private PlatformProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts one with its data in that folder, on free ports, with a class path like that of the test. */
    public static PlatformProcess on(Path data, Map<String, String> environment) throws IOException {
        return run(MAIN, data, environment);
    }

    /** Starts what {@code ./gamemetrics restore reconcile} runs on the data in that folder. */
    public static PlatformProcess reconciling(Path data) throws IOException {
        return run(RECONCILIATION, data, Map.of());
    }

    private static PlatformProcess run(String main, Path data, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile("platform-", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx600m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Daxoniq.update-checker.disabled=true",
                        main)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> all = new HashMap<>(Map.of(
                "CLASSPATH", System.getProperty("java.class.path"),
                "GAMEMETRICS_DATA", data.toString(),
                "GAMEMETRICS_COMMAND_PORT", Integer.toString(FreePorts.next()),
                "GAMEMETRICS_QUERY_PORT", Integer.toString(FreePorts.next())));
        all.putAll(environment);
        builder.environment().putAll(all);
        return new PlatformProcess(builder.start(), output);
    }

    /** Waits until it says that it is ready; it fails the test when it ends instead. */
    public PlatformProcess untilReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains("Ready after")) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("the platform did not become ready:\n" + output());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return this;
    }

    /** Waits for its end and gives its exit code. */
    public int untilEnded() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the platform did not end:\n" + output());
        }
        return process.exitValue();
    }

    /** What Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** What a power failure does, except that its servers go on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** All it has said so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("the platform's output", e);
        }
    }

    /** The last line it said, which is what people see first. */
    public String lastLine() {
        return output().strip().lines().reduce("", (before, line) -> line);
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.destroy();
            process.onExit().join();
        }
        Files.deleteIfExists(output);
    }
}
