package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One service in a process of its own, as it is deployed: on servers that are there already, killed and started again
 * alone. Listens on a free port that stays the same. Killed when the test is done with it. Used by one thread.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final String MEMORY = "-Xmx300m";
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
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLASSPATH", System.getProperty("java.class.path"));
        return start(main.substring(main.lastIndexOf('.') + 1), List.of(MEMORY, main), all);
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
