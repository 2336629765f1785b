package io.gamemetrics.queryside;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Many clients in a process of their own: so many open files fit into one process, and not the server's other ends as
 * well. Arguments: port, token, clients, query. Says {@code ready} and then, of each round in which every client was sent
 * something, {@code all <milliseconds since 1970>} when the last one has it.
 */
final class SocketSwarm {

    private static final int AT_ONCE = 100;

    private SocketSwarm() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        int clients = Integer.parseInt(arguments[2]);
        String init = "{\"type\":\"connection_init\",\"payload\":{\"token\":\"" + arguments[1] + "\"}}";
        String subscribe = "{\"type\":\"subscribe\",\"id\":\"s\",\"payload\":{\"query\":\"" + arguments[3] + "\"}}";
        HttpClient client = HttpClient.newHttpClient();
        Semaphore opening = new Semaphore(AT_ONCE);
        AtomicInteger got = new AtomicInteger();
        for (int i = 0; i < clients; i++) {
            opening.acquire();
            var unused = client.newWebSocketBuilder()
                    .subprotocols("graphql-transport-ws")
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + port + "/graphql"),
                            new Client(subscribe, opening, got, clients))
                    .thenAccept(socket -> socket.sendText(init, true).join())
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            System.out.println("failed " + failure);
                        }
                    });
        }
        opening.acquire(AT_ONCE);
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private record Client(String subscribe, Semaphore opening, AtomicInteger got, int clients)
            implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            String text = data.toString();
            if (text.contains("connection_ack")) {
                var unused = socket.sendText(subscribe, true).thenRun(opening::release);
            } else if (text.contains("\"ping\"")) {
                var unused = socket.sendText("{\"type\":\"pong\"}", true);
            } else if (text.contains("\"next\"") && got.incrementAndGet() % clients == 0) {
                System.out.println("all " + System.currentTimeMillis());
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            System.out.println("closed " + code + " " + reason);
            return null;
        }
    }
}
