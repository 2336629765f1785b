package io.gamemetrics.infrastructure.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wire between clients and a server on this machine. It can fall silent, as when a firewall forgets connections: they stay
 * open, nothing comes through any more, and neither side is told. Safe for concurrent use.
 */
public final class SilentWire implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final int server;
    private final AtomicInteger silences = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param server the server's port */
    public SilentWire(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing comes through on the connections there are; those made later are as good as any. */
    public void fallSilent() {
        silences.incrementAndGet();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(there);
                int since = silences.get();
                Thread.ofVirtual().start(() -> pass(client, there, since));
                Thread.ofVirtual().start(() -> pass(there, client, since));
            }
        } catch (IOException e) {
            // The wire was closed.
        }
    }

    private void pass(Socket from, Socket to, int since) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (silences.get() == since) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // One side has gone.
        }
        if (silences.get() == since) {
            closeQuietly(from);
            closeQuietly(to);
        }
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
        sockets.forEach(SilentWire::closeQuietly);
    }
}
