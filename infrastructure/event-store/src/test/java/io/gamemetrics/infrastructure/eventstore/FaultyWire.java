package io.gamemetrics.infrastructure.eventstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The wire between a client and PostgreSQL, with faults at the worst moment: when the client holds the head row and begins
 * to send its events.
 */
final class FaultyWire implements AutoCloseable {

    private static final byte[] COPY_EVENTS = "COPY events".getBytes(US_ASCII);

    /** What happens to one group on its way. */
    sealed interface Fault {

        record None() implements Fault {}

        /** The client pauses while it holds the head row. */
        record Delay(long millis) implements Fault {}

        /** The client says nothing any more, its connection stays open. */
        record FreezeBeforeCopy() implements Fault {}

        /** The client stops in the middle of its rows, its connection stays open. */
        record FreezeMidCopy() implements Fault {}

        /** The client dies in the middle of its rows. */
        record CutMidCopy() implements Fault {}
    }

    private final ServerSocket listener;
    private final URI server;
    private final Supplier<Fault> faults;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch frozen = new CountDownLatch(1);

    /** @param faults asked once a group, from several threads */
    FaultyWire(String jdbcUrl, Supplier<Fault> faults) throws IOException {
        this.server = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.faults = faults;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The URL by which a client goes through this wire. */
    String jdbcUrl() {
        String direct = "//" + server.getHost() + ":" + server.getPort() + "/";
        return ("jdbc:" + server)
                .replace(
                        direct,
                        "//" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + "/");
    }

    /** Waits until a client is frozen. */
    void awaitFrozen() throws InterruptedException {
        if (!frozen.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody was frozen");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket database = new Socket(server.getHost(), server.getPort());
                client.setTcpNoDelay(true);
                database.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(database);
                Thread.ofVirtual().start(() -> pump(client, database, true));
                Thread.ofVirtual().start(() -> pump(database, client, false));
            }
        } catch (IOException e) {
            // The wire was closed.
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[64 * 1024];
        Fault midCopy = new Fault.None();
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!(midCopy instanceof Fault.None)) {
                    // Half of the rows, then nothing.
                    out.write(buffer, 0, read / 2);
                    if (midCopy instanceof Fault.FreezeMidCopy) {
                        freeze();
                        return;
                    }
                    break;
                }
                if (fromClient && contains(buffer, read)) {
                    switch (faults.get()) {
                        case Fault.None unused -> {}
                        case Fault.Delay delay -> Thread.sleep(delay.millis());
                        case Fault.FreezeBeforeCopy unused -> {
                            freeze();
                            return;
                        }
                        case Fault.FreezeMidCopy freeze -> midCopy = freeze;
                        case Fault.CutMidCopy cut -> midCopy = cut;
                    }
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has gone; the other is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    /** From here on nothing is read from this client, and nothing closed. */
    private void freeze() {
        frozen.countDown();
    }

    private static boolean contains(byte[] buffer, int length) {
        for (int at = 0; at + COPY_EVENTS.length <= length; at++) {
            if (Arrays.equals(buffer, at, at + COPY_EVENTS.length, COPY_EVENTS, 0, COPY_EVENTS.length)) {
                return true;
            }
        }
        return false;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(FaultyWire::closeQuietly);
    }
}
