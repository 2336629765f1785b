package io.gamemetrics.queryside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of graphql-transport-ws that answers no ping by itself. */
final class SocketClient implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();
    private final boolean reading;
    private final WebSocket socket;

    private SocketClient(int port, @Nullable String protocol, boolean reading) {
        this.reading = reading;
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        if (protocol != null) {
            builder.subprotocols(protocol);
        }
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/graphql"), new Listener())
                .join();
    }

    /** A connection that has said nothing yet. */
    static SocketClient open(int port) {
        return new SocketClient(port, "graphql-transport-ws", true);
    }

    /** A connection that asks for no protocol. */
    static SocketClient openWithoutProtocol(int port) {
        return new SocketClient(port, null, true);
    }

    /** The status of the answer to a page of this origin that asks for a connection. */
    static int statusFrom(int port, String origin) {
        try {
            CLIENT.newWebSocketBuilder()
                    .subprotocols("graphql-transport-ws")
                    .header("Origin", origin)
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/graphql"), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** A connection whose token was taken. */
    static SocketClient open(int port, String token) throws InterruptedException {
        SocketClient client = open(port).init(token);
        client.expect("connection_ack");
        return client;
    }

    /** A connection whose token was sent, and that reads nothing that comes. */
    static SocketClient openDeaf(int port, String token) {
        return new SocketClient(port, "graphql-transport-ws", false).init(token);
    }

    SocketClient init(String token) {
        return send(Map.of("type", "connection_init", "payload", Map.of("token", token)));
    }

    SocketClient subscribe(String id, String query) {
        return send(Map.of("type", "subscribe", "id", id, "payload", Map.of("query", query)));
    }

    SocketClient send(Map<String, ?> message) {
        return send(JSON.valueToTree(message).toString());
    }

    SocketClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    void sendBinary() {
        socket.sendBinary(java.nio.ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    /** The next message, pings left out. */
    JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came; closed=" + closed);
        }
        return message.path("type").asText().equals("ping") ? next() : message;
    }

    @Nullable
    JsonNode next(long millis) throws InterruptedException {
        return messages.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** The next message, pings included. */
    JsonNode nextOrPing() throws InterruptedException {
        JsonNode message = next(20_000);
        if (message == null) {
            throw new AssertionError("nothing came; closed=" + closed);
        }
        return message;
    }

    /** The next message, which must be of this type. */
    JsonNode expect(String type) throws InterruptedException {
        JsonNode message = next();
        if (!message.path("type").asText().equals(type)) {
            throw new AssertionError("not " + type + ": " + message);
        }
        return message;
    }

    /** The code the other end closes with; -1 when the connection just breaks. */
    int closeCode() throws Exception {
        return closed.get(30, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Begins to read what came. */
    SocketClient reading() {
        socket.request(Long.MAX_VALUE);
        return this;
    }

    /** Whether the token was taken, and not the connection ended instead. */
    boolean isAcknowledged() throws InterruptedException {
        while (isOpen()) {
            JsonNode message = next(50);
            if (message != null && message.path("type").asText().equals("connection_ack")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket opened) {
            if (reading) {
                opened.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(parts.toString()));
                } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                    closed.completeExceptionally(e);
                }
                parts.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(-1);
        }
    }
}
