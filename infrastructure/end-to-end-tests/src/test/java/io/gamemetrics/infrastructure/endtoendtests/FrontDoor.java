package io.gamemetrics.infrastructure.endtoendtests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** One address before several instances, as a load balancer is: each connection goes to the next that takes it. */
final class FrontDoor implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicIntegerArray taken;

    FrontDoor(List<Integer> ports) throws IOException {
        this.ports = List.copyOf(ports);
        this.taken = new AtomicIntegerArray(ports.size());
        Thread.ofVirtual().start(this::open);
    }

    String address() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** How many connections that instance has taken. */
    int taken(int instance) {
        return taken.get(instance);
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket visitor = door.accept();
                Thread.ofVirtual().start(() -> lead(visitor));
            } catch (IOException e) {
                return; // closed, and the test is over
            }
        }
    }

    private void lead(Socket visitor) {
        try (visitor;
                Socket instance = connect()) {
            Thread back = Thread.ofVirtual().start(() -> pass(instance, visitor));
            pass(visitor, instance);
            back.join();
        } catch (IOException e) {
            // Nobody takes it: the visitor finds the connection closed and comes again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        IOException refused = new IOException("no instance");
        for (int attempt = 0; attempt < ports.size(); attempt++) {
            int instance = Math.floorMod(turn.getAndIncrement(), ports.size());
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(instance));
                taken.incrementAndGet(instance);
                return socket;
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }

    /** What ends on one side ends on both: an instance that is killed breaks its visitors' connections. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // broken off: both are closed now, which is what either has to see
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
