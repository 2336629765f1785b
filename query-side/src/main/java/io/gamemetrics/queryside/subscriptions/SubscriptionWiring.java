package io.gamemetrics.queryside.subscriptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.infrastructure.web.Identities;
import io.gamemetrics.infrastructure.web.OpenHandshakes;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlSseHandler;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** WebSockets and server-sent events, at the path where queries are asked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubscriptionLimits.class)
public class SubscriptionWiring {

    private static final String PATH = "/graphql";

    /** Before the routes of queries, which would say that GET is not allowed. */
    private static final int ORDER = -2;

    @Bean(destroyMethod = "close")
    FanOut fanOut() {
        return new FanOut();
    }

    @Bean
    OpenLines openLines(SubscriptionLimits limits, Identities identities) {
        return new OpenLines(limits, identities::identify);
    }

    @Bean
    SubscriptionErrors subscriptionErrors(Faults faults) {
        return new SubscriptionErrors(faults);
    }

    @Bean
    Operation operation(WebGraphQlHandler graphql, Faults faults) {
        return new Operation(graphql, faults);
    }

    @Bean
    GraphQlSseHandler sseHandler(
            WebGraphQlHandler graphql,
            SubscriptionLimits limits,
            OpenLines lines,
            Operation operation,
            ObjectMapper json) {
        return new SseHandler(graphql, limits, lines, operation, json);
    }

    /** The token comes in the first message. */
    @Bean
    OpenHandshakes handshakes() {
        return new OpenHandshakes(PATH);
    }

    @Bean
    HandlerMapping sockets(
            SubscriptionLimits limits, OpenLines lines, Identities identities, Operation operation, ObjectMapper json) {
        WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setUrlMap(Map.of(
                PATH,
                new WebSocketHttpRequestHandler(
                        new SocketHandler(limits, lines, identities::identify, operation, json), new Handshakes())));
        mapping.setOrder(ORDER);
        return mapping;
    }

    /** Compression would keep some hundred KiB for each connection. */
    private static final class Handshakes extends DefaultHandshakeHandler {

        @Override
        protected List<WebSocketExtension> filterRequestedExtensions(
                ServerHttpRequest request, List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
            return List.of();
        }
    }
}
