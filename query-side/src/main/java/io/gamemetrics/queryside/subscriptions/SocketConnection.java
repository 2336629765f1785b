package io.gamemetrics.queryside.subscriptions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Identities;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.limits.Answers;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** One WebSocket that speaks graphql-transport-ws. Messages come in on one thread at a time, results from any. */
final class SocketConnection implements Line, Outbox.Sender {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final String PING = "{\"type\":\"ping\"}";

    private final WebSocketSession session;
    private final SubscriptionLimits limits;
    private final OpenLines lines;
    private final Function<String, Caller> callers;
    private final Operation operation;
    private final ObjectMapper json;
    private final Outbox outbox;
    private final long openedNanos = System.nanoTime();
    private final Map<String, Answering> operations = new ConcurrentHashMap<>();
    private final MessageParts parts = new MessageParts();
    private boolean initialised;
    private volatile boolean over;
    private volatile long heardNanos = openedNanos;
    private volatile @Nullable String token;
    private volatile @Nullable Caller caller;

    SocketConnection(
            WebSocketSession session,
            SubscriptionLimits limits,
            OpenLines lines,
            Function<String, Caller> callers,
            Operation operation,
            ObjectMapper json) {
        this.session = session;
        this.limits = limits;
        this.lines = lines;
        this.callers = callers;
        this.operation = operation;
        this.json = json;
        this.outbox =
                new Outbox(this, limits.maxWaiting(), limits.maxWaitingSize().toBytes() / 2);
        outbox.begin();
    }

    /** Takes a message, or a part of one. */
    void receive(String part, boolean last) {
        heardNanos = System.nanoTime();
        if (!parts.haveRoomFor(part)) {
            end(Ending.TOO_BIG);
            return;
        }
        String message = parts.add(part, last);
        if (message != null) {
            handle(message);
        }
    }

    private void handle(String text) {
        JsonNode message;
        try {
            message = json.readTree(text);
        } catch (JsonProcessingException e) {
            end(Ending.BAD_MESSAGE);
            return;
        }
        JsonNode payload = message.path("payload");
        switch (message.path("type").asText()) {
            case "connection_init" -> init(payload);
            case "ping" -> send("pong", null, null);
            case "pong" -> {
                // That somebody is there was noted already.
            }
            case "subscribe" -> subscribe(message.path("id"), payload);
            case "complete" -> drop(message.path("id").asText());
            default -> end(Ending.BAD_MESSAGE);
        }
    }

    private void init(JsonNode payload) {
        if (initialised) {
            end(Ending.SECOND_INIT);
            return;
        }
        initialised = true;
        try {
            String shown = tokenIn(payload);
            Caller known = callers.apply(shown);
            caller = known;
            token = shown;
            lines.identified(this, known.name()).ifPresentOrElse(this::end, () -> send("connection_ack", null, null));
        } catch (Refusal refusal) {
            end(refusal.type() == RequestProblem.UNAVAILABLE ? Ending.UNAVAILABLE : Ending.TOKEN_REFUSED);
        }
    }

    /** {@code {"token":"…"}}, or {@code {"Authorization":"Bearer …"}} as clients of other servers send it. */
    private static String tokenIn(JsonNode payload) {
        if (payload.hasNonNull("token")) {
            return payload.path("token").asText();
        }
        JsonNode header = payload.has("Authorization") ? payload.path("Authorization") : payload.path("authorization");
        return Identities.tokenIn(header.asText());
    }

    private void subscribe(JsonNode id, JsonNode payload) {
        Caller known = caller;
        if (known == null) {
            end(Ending.NOT_SIGNED_IN);
            return;
        }
        if (!id.isTextual() || id.asText().isEmpty() || !payload.isObject()) {
            end(Ending.BAD_MESSAGE);
            return;
        }
        String name = id.asText();
        if (operations.containsKey(name)) {
            end(Ending.ID_IN_USE);
        } else if (operations.size() >= limits.maxOperations()) {
            send("error", name, List.of(tooMany()));
        } else {
            start(name, known, json.convertValue(payload, MAP));
        }
    }

    private Map<String, Object> tooMany() {
        return Map.of(
                "message",
                "One connection can have " + limits.maxOperations() + " operations at once.",
                "extensions",
                Map.of("code", ErrorCode.RATE_LIMITED.name()));
    }

    private void start(String id, Caller known, Map<String, Object> body) {
        Map<String, Object> attributes =
                new HashMap<>(Map.of(Answers.CALLER, known, Answers.STREAM, true, Answers.ROOM, outbox));
        try {
            // Not the session's own headers: they would stay in memory as long as the subscription.
            WebGraphQlRequest request = new WebGraphQlRequest(
                    URI.create("/graphql"), new HttpHeaders(), null, null, attributes, body, id, null);
            Answering answering = new Answering(id);
            operations.put(id, answering);
            answering.running.update(operation.start(request, answering));
            if (over) {
                // It ended meanwhile, and may not have seen this one.
                drop(id);
            }
        } catch (ServerWebInputException e) {
            end(Ending.BAD_MESSAGE);
        }
    }

    private void drop(String id) {
        Answering dropped = operations.remove(id);
        if (dropped != null) {
            dropped.running.dispose();
        }
    }

    private void send(String type, @Nullable String id, @Nullable Object payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        if (id != null) {
            message.put("id", id);
        }
        if (payload != null) {
            message.put("payload", payload);
        }
        try {
            if (!outbox.offer(json.writeValueAsString(message))) {
                end(Ending.TOO_SLOW);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result could not be written", e);
        }
    }

    /** One operation's results. Those of one that was dropped are nobody's: its id may be another's by now. */
    private final class Answering implements Operation.Results {

        private final String id;
        private final Disposable.Swap running = Disposables.swap();

        private Answering(String id) {
            this.id = id;
        }

        @Override
        public void next(Map<String, Object> result) {
            if (operations.get(id) == this) {
                send("next", id, result);
            }
        }

        @Override
        public void failed(List<Map<String, Object>> errors) {
            if (operations.remove(id, this)) {
                send("error", id, errors);
            }
        }

        @Override
        public void complete() {
            if (operations.remove(id, this)) {
                send("complete", id, null);
            }
        }
    }

    @Override
    public boolean hasBegun() {
        return token != null;
    }

    @Override
    public @Nullable String token() {
        return token;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public long heardNanos() {
        return heardNanos;
    }

    @Override
    public void ping() {
        if (hasBegun() && !outbox.offer(PING)) {
            end(Ending.TOO_SLOW);
        }
    }

    @Override
    public void end(Ending why) {
        stop();
        outbox.close(false, () -> session.close(new CloseStatus(why.closeCode(), why.sentence())));
    }

    /** Nobody is there any more. */
    void gone() {
        lines.closed(this);
        stop();
        outbox.close(false, () -> {});
    }

    private void stop() {
        over = true;
        operations.keySet().forEach(this::drop);
    }

    @Override
    public void send(String message) throws IOException {
        session.sendMessage(new TextMessage(message));
    }

    @Override
    public void failed() {
        try {
            session.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException e) {
            // It was closed already, or is now.
        } finally {
            gone();
        }
    }
}
