package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A real Redis Cluster of two nodes, half of the slots each, for tests of what must stay on one node. */
public final class TestRedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int BUS = 10_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final List<Integer> ports;
    private final List<Process> processes = new ArrayList<>();

    private TestRedisCluster(List<Integer> ports) {
        this.ports = ports;
    }

    /** Starts one; it takes a second or two. */
    public static TestRedisCluster start() {
        ServerBinaries binaries = TestServers.BINARIES;
        TestRedisCluster cluster = new TestRedisCluster(List.of(freePort(), freePort()));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        try {
            for (int port : cluster.ports) {
                cluster.processes.add(server(binaries.redis(), port));
                await(() -> answer(port, "PING").startsWith("+PONG"));
            }
            cluster.join();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    /** The address of one node, which knows the other. */
    public String url() {
        return "redis://127.0.0.1:" + ports.getFirst();
    }

    /** Takes everything from one of the nodes, 0 or 1, as if its disk had been lost. */
    public void empty(int node) {
        answer(ports.get(node), "FLUSHALL");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    private void join() {
        int half = SLOTS / 2;
        addSlots(ports.get(0), 0, half);
        addSlots(ports.get(1), half, SLOTS);
        answer(ports.get(0), "CLUSTER", "MEET", "127.0.0.1", Integer.toString(ports.get(1)));
        for (int port : ports) {
            await(() -> answer(port, "CLUSTER", "INFO").contains("cluster_state:ok")
                    && answer(port, "CLUSTER", "INFO").contains("cluster_known_nodes:2"));
        }
    }

    private static void addSlots(int port, int from, int to) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(from, to).mapToObj(Integer::toString).forEach(command::add);
        answer(port, command.toArray(String[]::new));
    }

    private static Process server(Path program, int port) throws IOException {
        Path folder = Files.createTempDirectory("gamemetrics-test-cluster-");
        return new ProcessBuilder(
                        program.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--cluster-enabled",
                        "yes",
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** What the server answers to a command, raw; empty when it does not listen yet. */
    private static String answer(int port, String... command) {
        StringBuilder request = new StringBuilder("*").append(command.length).append("\r\n");
        for (String word : command) {
            request.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            StringBuilder all = new StringBuilder();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                all.append(line).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(BooleanSupplier state) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the cluster did not come up");
            }
            Thread.onSpinWait();
        }
    }

    /** One whose bus port is a port too. */
    private static int freePort() {
        return IntStream.generate(FreePorts::next)
                .filter(port -> port + BUS <= HIGHEST_PORT)
                .findFirst()
                .orElseThrow();
    }
}
