package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.OwnGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A program in a JVM of its own, and all it has said since it was first started. Used by one thread. */
final class JavaProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ProcessBuilder builder;
    private final Path output;
    private Process process;

    private JavaProcess(ProcessBuilder builder, Path output) throws IOException {
        this.builder = builder;
        this.output = output;
        this.process = builder.start();
    }

    /** @param program options of the JVM, then what it runs */
    static JavaProcess start(String name, List<String> program, Map<String, String> environment) throws IOException {
        // As a shell starts what is typed: a terminal's signals reach its group, and not this test's.
        List<String> command = new ArrayList<>(OwnGroup.inOwnSession());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Daxoniq.update-checker.disabled=true"));
        command.addAll(program);
        Path output = Files.createTempFile(name + "-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new JavaProcess(builder, output);
    }

    /** Starts the same again after its end. */
    void startAgain() throws IOException {
        process = builder.start();
    }

    /** Waits for a state of it; it fails the test when it ends instead. */
    void await(String state, BooleanSupplier reached) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("it did not become " + state + ":\n" + output());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    int untilEnded() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Signals its whole process group, as a terminal does on Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "INT", "--", "-" + process.pid())
                .start()
                .waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Of it and of all that it started and that still runs. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a test's process", e);
        }
    }

    /** Lets it end by itself and forgets what it said. */
    void close() throws IOException {
        if (process.isAlive()) {
            process.destroy();
            process.onExit().join();
        }
        Files.deleteIfExists(output);
    }
}
