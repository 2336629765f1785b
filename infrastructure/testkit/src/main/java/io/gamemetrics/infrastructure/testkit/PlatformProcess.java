package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A platform in a process of its own, as people start it. Killed when the test is done with it. */
public final class PlatformProcess implements AutoCloseable {

    /** The heap, in MiB, of one that is {@link #measured}: what a machine of 24 GB gives a JVM by itself, and the Makefile a benchmark's own. */
    public static final int MEASURED_HEAP_MEBIBYTES = 6_144;

    /** By name: the test kit lies below the platform and does not know it. */
    private static final String MAIN = "io.gamemetrics.infrastructure.platform.Platform";

    private static final String RECONCILIATION = "io.gamemetrics.infrastructure.platform.Reconciliation";

    private static final String COPIES = "io.gamemetrics.infrastructure.platform.BackupProgram";

    private final JavaProcess process;

    private PlatformProcess(JavaProcess process) {
        this.process = process;
    }

    /** Starts one with its data in that folder, on free ports, with a class path like that of the test. */
    public static PlatformProcess on(Path data, Map<String, String> environment) throws IOException {
        return run(MAIN, data, environment);
    }

    /** One that is as fast as it gets, for benchmarks; the others of tests are quick to start. */
    public static PlatformProcess measured(Path data) throws IOException {
        return run(
                List.of("-Xmx" + MEASURED_HEAP_MEBIBYTES + "m", "-Xmn3g", "-XX:TieredStopAtLevel=4", MAIN),
                data,
                Map.of());
    }

    /** Starts what {@code ./gamemetrics restore reconcile} runs, with these arguments, on the data in that folder. */
    public static PlatformProcess reconciling(Path data, String... arguments) throws IOException {
        List<String> program = new ArrayList<>(List.of("-Xmx600m", RECONCILIATION));
        program.addAll(List.of(arguments));
        return run(program, data, Map.of());
    }

    /** Starts what {@code ./gamemetrics backup …} and {@code restore …} run, with these arguments, on the data in that folder. */
    public static PlatformProcess copying(Path data, String... arguments) throws IOException {
        List<String> program = new ArrayList<>(List.of("-Xmx600m", COPIES));
        program.addAll(List.of(arguments));
        return run(program, data, Map.of());
    }

    private static PlatformProcess run(String main, Path data, Map<String, String> environment) throws IOException {
        return run(List.of("-Xmx600m", main), data, environment);
    }

    private static PlatformProcess run(List<String> program, Path data, Map<String, String> environment)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "CLASSPATH", System.getProperty("java.class.path"),
                "GAMEMETRICS_DATA", data.toString(),
                "GAMEMETRICS_COMMAND_PORT", Integer.toString(FreePorts.next()),
                "GAMEMETRICS_QUERY_PORT", Integer.toString(FreePorts.next())));
        all.putAll(environment);
        return new PlatformProcess(JavaProcess.start("platform", program, all));
    }

    /** Waits until it says that it is ready; it fails the test when it ends instead. */
    public PlatformProcess untilReady() {
        process.await("ready", () -> output().contains("Ready after"));
        return this;
    }

    /** Waits until it has said that. */
    public PlatformProcess untilSaid(String words) {
        process.await("so that it said " + words, () -> output().contains(words));
        return this;
    }

    /** Waits for its end and gives its exit code. */
    public int untilEnded() throws InterruptedException {
        return process.untilEnded();
    }

    /** What Ctrl-C does: the signal goes to all that a terminal takes for this program. */
    public void interrupt() throws IOException, InterruptedException {
        process.interrupt();
    }

    /** What a power failure does, except that its servers go on. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** What it and the servers it runs have used of the processors so far. */
    public Duration processorTime() {
        return process.processorTime();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** All it has said so far. */
    public String output() {
        return process.output();
    }

    /** The last line it said, which is what people see first. */
    public String lastLine() {
        return output().strip().lines().reduce("", (before, line) -> line);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
