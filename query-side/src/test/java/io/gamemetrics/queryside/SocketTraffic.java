package io.gamemetrics.queryside;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients that stay, clients that come and go, and one at a time that reads nothing for a while, in a process of their own.
 * Arguments: port, token, how many stay. Says {@code ready}, then of each that read nothing {@code dropped <close code>},
 * and after each line it is sent {@code came <clients so far> got <messages so far>}.
 */
final class SocketTraffic {

    private static final String[] QUERIES = {
        "subscription { events(gameId: \\\"intendo\\\") { position type player facts { name value } } }",
        "subscription { metricsChanged(gameId: \\\"intendo\\\") { position from to } }",
        "subscription { leaderboardChanged(gameId: \\\"intendo\\\", leaderboardId: \\\"best\\\") { position } }"
    };
    /** Each event many times over: fills what lies between here and there within seconds. */
    private static final String LONG_QUERY = "subscription { events(gameId: \\\"intendo\\\") {"
            + IntStream.range(0, 60)
                    .mapToObj(i -> " a" + i + ": facts { name value }")
                    .collect(Collectors.joining())
            + " } }";

    private static final int COMING_MILLIS = 50;
    private static final int STAY = 40;
    private static final int DEAF_SECONDS = 15;
    private static final int MOST_OPERATIONS = 100;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final AtomicLong CAME = new AtomicLong();
    private static final AtomicLong GOT = new AtomicLong();

    private SocketTraffic() {}

    public static void main(String[] arguments) throws Exception {
        URI address = URI.create("ws://127.0.0.1:" + arguments[0] + "/graphql");
        String init = "{\"type\":\"connection_init\",\"payload\":{\"token\":\"" + arguments[1] + "\"}}";
        int staying = Integer.parseInt(arguments[2]);
        for (int i = 0; i < staying; i++) {
            open(address, init, new Client(QUERIES[i % QUERIES.length], 1, true));
        }
        System.out.println("ready");
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        Deque<WebSocket> going = new ArrayDeque<>();
        var unused = clock.scheduleAtFixedRate(
                () -> {
                    String query = QUERIES[(int) (CAME.get() % QUERIES.length)];
                    going.addLast(open(address, init, new Client(query, 1, true)));
                    if (going.size() > STAY) {
                        going.removeFirst().abort();
                    }
                },
                0,
                COMING_MILLIS,
                TimeUnit.MILLISECONDS);
        var unusedToo = clock.scheduleWithFixedDelay(
                () -> {
                    WebSocket deaf = open(address, init, new Client(LONG_QUERY, MOST_OPERATIONS, false));
                    var unusedLater =
                            clock.schedule(() -> deaf.request(Long.MAX_VALUE), DEAF_SECONDS, TimeUnit.SECONDS);
                },
                0,
                DEAF_SECONDS,
                TimeUnit.SECONDS);
        while (System.in.read() >= 0) {
            System.out.println("came " + CAME.get() + " got " + GOT.get());
        }
        System.exit(0);
    }

    private static WebSocket open(URI address, String init, Client client) {
        WebSocket socket = CLIENT.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(address, client)
                .join();
        socket.sendText(init, true).join();
        client.subscribe(socket);
        CAME.incrementAndGet();
        return socket;
    }

    private record Client(String query, int operations, boolean reading) implements WebSocket.Listener {

        private void subscribe(WebSocket socket) {
            for (int i = 0; i < operations; i++) {
                socket.sendText(
                                "{\"type\":\"subscribe\",\"id\":\"" + i + "\",\"payload\":{\"query\":\"" + query
                                        + "\"}}",
                                true)
                        .join();
            }
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (reading) {
                socket.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            GOT.incrementAndGet();
            if (data.toString().contains("\"ping\"")) {
                var unused = socket.sendText("{\"type\":\"pong\"}", true);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            System.out.println((reading ? "closed " : "dropped ") + code);
            return null;
        }
    }
}
