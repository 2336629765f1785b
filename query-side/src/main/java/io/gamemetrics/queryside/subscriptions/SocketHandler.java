package io.gamemetrics.queryside.subscriptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Opens WebSockets for GraphQL. Spring for GraphQL has a handler of its own; it keeps a thread for each connection and
 * nothing bounds what waits for a slow one.
 */
final class SocketHandler extends AbstractWebSocketHandler implements SubProtocolCapable {

    static final String PROTOCOL = "graphql-transport-ws";

    private static final String CONNECTION = SocketHandler.class.getName();

    private final SubscriptionLimits limits;
    private final OpenLines lines;
    private final Function<String, Caller> callers;
    private final Operation operation;
    private final ObjectMapper json;

    SocketHandler(
            SubscriptionLimits limits,
            OpenLines lines,
            Function<String, Caller> callers,
            Operation operation,
            ObjectMapper json) {
        this.limits = limits;
        this.lines = lines;
        this.callers = callers;
        this.operation = operation;
        this.json = json;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    /** A buffer as large as the largest message, for each connection, would be most of what it costs. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        SocketConnection connection = new SocketConnection(session, limits, lines, callers, operation, json);
        session.getAttributes().put(CONNECTION, connection);
        Optional<Ending> refused = PROTOCOL.equals(session.getAcceptedProtocol())
                ? lines.opened(connection)
                : Optional.of(Ending.NO_PROTOCOL);
        refused.ifPresent(connection::end);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        if (session.getAttributes().get(CONNECTION) instanceof SocketConnection connection) {
            connection.receive(message.getPayload(), message.isLast());
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        if (session.getAttributes().get(CONNECTION) instanceof SocketConnection connection) {
            connection.end(Ending.BAD_MESSAGE);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable exception) throws IOException {
        session.close(CloseStatus.SERVER_ERROR);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().remove(CONNECTION) instanceof SocketConnection connection) {
            connection.gone();
        }
    }
}
