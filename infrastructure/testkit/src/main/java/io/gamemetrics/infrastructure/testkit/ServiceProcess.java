package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;

/**
 * One service in a process of its own, as it is deployed: on servers that are there already, killed and started again
 * alone. Listens on a free port that stays the same. Killed when the test is done with it. Used by one thread.
 */
public final class ServiceProcess implements AutoCloseable {

    /** The heap, in MiB, of one that is {@link #measured}. */
    public static final int MEASURED_HEAP_MEBIBYTES = 3_072;

    private static final String MEMORY = "-Xmx300m";

    private static final List<String> MEASURED =
            List.of("-Xmx" + MEASURED_HEAP_MEBIBYTES + "m", "-Xmn1536m", "-XX:TieredStopAtLevel=4");

    private static final int ANSWER_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private final String name;
    private final int port;
    private final JavaProcess process;

    private ServiceProcess(String name, int port, JavaProcess process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a service from classes.
     *
     * @param main its main class by name: the test kit lies below the services and does not know them
     * @param environment where its servers are
     */
    public static ServiceProcess ofClass(String main, Map<String, String> environment) throws IOException {
        return ofClass(main, List.of(), List.of(MEMORY), environment);
    }

    /**
     * One that is as fast as it gets, for benchmarks; the others of tests are quick to start.
     *
     * @param before folders whose classes are found before those of the test's own class path
     */
    public static ServiceProcess measured(String main, List<Path> before, Map<String, String> environment)
            throws IOException {
        return ofClass(main, before, MEASURED, environment);
    }

    private static ServiceProcess ofClass(
            String main, List<Path> before, List<String> options, Map<String, String> environment) throws IOException {
        StringJoiner classPath = new StringJoiner(File.pathSeparator);
        before.forEach(folder -> classPath.add(folder.toString()));
        classPath.add(System.getProperty("java.class.path"));
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLASSPATH", classPath.toString());
        List<String> program = new ArrayList<>(options);
        program.add(main);
        return start(main.substring(main.lastIndexOf('.') + 1), program, all);
    }

    /** Starts a service from its own jar, with nothing else on the class path. */
    public static ServiceProcess ofJar(Path jar, Map<String, String> environment) throws IOException {
        return start(String.valueOf(jar.getFileName()), List.of(MEMORY, "-jar", jar.toString()), environment);
    }

    private static ServiceProcess start(String name, List<String> program, Map<String, String> environment)
            throws IOException {
        int port = FreePorts.next();
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERVER_PORT", Integer.toString(port));
        return new ServiceProcess(name, port, JavaProcess.start(name, program, all));
    }

    /** Waits until its health answers 200; it fails the test when it ends instead. */
    public ServiceProcess untilHealthy() {
        await("healthy", this::isHealthy);
        return this;
    }

    /** Waits until it has come to some state; it fails the test when it ends instead. */
    public void await(String state, BooleanSupplier reached) {
        process.await(state, reached);
    }

    /** Whether its health answers 200 now. */
    public boolean isHealthy() {
        try {
            HttpURLConnection asked = (HttpURLConnection)
                    URI.create(address() + "/actuator/health").toURL().openConnection();
            asked.setConnectTimeout(ANSWER_MILLIS);
            asked.setReadTimeout(ANSWER_MILLIS);
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a power failure of its machine does. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again after its end. */
    public void startAgain() throws IOException {
        process.startAgain();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** The class or the jar it was started from. */
    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port} */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** All it has said so far, in all its lives. */
    public String output() {
        return process.output();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
