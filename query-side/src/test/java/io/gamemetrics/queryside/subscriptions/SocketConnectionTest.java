package io.gamemetrics.queryside.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.infrastructure.web.Role;
import io.micrometer.context.ContextSnapshotFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/** In whatever order things happen to a WebSocket, no operation of it goes on unseen, and none is taken for another. */
@Timeout(20)
class SocketConnectionTest {

    static final WebGraphQlHandler NO_GRAPHQL = new Graphql(request -> {
        throw new AssertionError("nothing is asked");
    });

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration NEVER = Duration.ofDays(1);
    private static final SubscriptionLimits LIMITS =
            new SubscriptionLimits(100, 100, 10, 100, DataSize.ofKilobytes(64), NEVER, NEVER, NEVER, NEVER);

    private final BlockingQueue<JsonNode> sent = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();
    private final List<FluxSink<ExecutionResult>> followers = new CopyOnWriteArrayList<>();
    private final OpenLines lines = new OpenLines(LIMITS, token -> new Caller("a", Map.of("*", Set.of(Role.ANALYST))));
    private final AtomicInteger asked = new AtomicInteger();
    private Runnable beforeAnswering = () -> {};
    private Consumer<Object> onResult = data -> {};
    private volatile @Nullable RuntimeException broken;

    private final SocketConnection connection = new SocketConnection(
            session(),
            LIMITS,
            lines,
            token -> new Caller("a", Map.of("*", Set.of(Role.ANALYST))),
            new Operation(new Graphql(this::answer), new Faults(failure -> false)),
            JSON);

    private Mono<WebGraphQlResponse> answer(WebGraphQlRequest request) {
        asked.incrementAndGet();
        beforeAnswering.run();
        Flux<ExecutionResult> results = Flux.<ExecutionResult>create(followers::add)
                .doOnNext(result -> onResult.accept(Objects.requireNonNull(result.getData())));
        ExecutionInput input =
                ExecutionInput.newExecutionInput("subscription { a }").build();
        ExecutionResult result =
                ExecutionResultImpl.newExecutionResult().data(results).build();
        return Mono.just(new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(input, result)));
    }

    @Test
    void an_operation_that_begins_while_the_other_end_goes_does_not_go_on() {
        init();
        beforeAnswering = connection::gone;
        subscribe("s");
        awaitNobodyFollows();
    }

    @Test
    void an_operation_that_begins_while_the_connection_is_ended_does_not_go_on() {
        init();
        beforeAnswering = () -> connection.end(Ending.SILENT);
        subscribe("s");
        awaitNobodyFollows();
        assertThat(closed.join().getCode()).isEqualTo(Ending.SILENT.closeCode());
    }

    @Test
    void an_operation_asked_for_after_the_end_does_not_begin() {
        init();
        connection.end(Ending.SHUTTING_DOWN);
        subscribe("late");
        awaitNobodyFollows();
    }

    /** The error of the first is on its way when the client drops it and takes its id for another. */
    @Test
    void the_end_of_a_dropped_operation_is_not_taken_for_that_of_a_later_one_of_its_id() throws Exception {
        init();
        subscribe("s");
        Await.until(() -> followers.size() == 1);
        GraphQLError late = new Late(() -> {
            receive("{\"type\":\"complete\",\"id\":\"s\"}");
            subscribe("s");
            Await.until(() -> followers.size() == 2);
        });
        followers.getFirst().error(new SubscriptionPublisherException(List.of(late), new IllegalStateException()));
        result(followers.get(1), "of the second");
        assertThat(next().at("/payload/data").asText()).isEqualTo("of the second");
        connection.gone();
        Await.until(followers.get(1)::isCancelled);
    }

    @Test
    void a_result_of_a_dropped_operation_is_not_taken_for_one_of_a_later_one_of_its_id() throws Exception {
        init();
        onResult = data -> {
            if (data.equals("of the first")) {
                receive("{\"type\":\"complete\",\"id\":\"s\"}");
                subscribe("s");
                Await.until(() -> followers.size() == 2);
            }
        };
        subscribe("s");
        Await.until(() -> followers.size() == 1);
        result(followers.getFirst(), "of the first");
        result(followers.get(1), "of the second");
        assertThat(next().at("/payload/data").asText()).isEqualTo("of the second");
    }

    @Test
    void a_session_that_does_not_even_close_gives_its_place_back() {
        lines.start();
        assertThat(lines.opened(connection)).isEmpty();
        init();
        broken = new IllegalStateException("as of a web server");
        receive("{\"type\":\"ping\"}");
        Await.until(() -> lines.count() == 0);
        lines.stop();
    }

    private void init() {
        receive("{\"type\":\"connection_init\",\"payload\":{\"token\":\"t\"}}");
        try {
            assertThat(next().path("type").asText()).isEqualTo("connection_ack");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void subscribe(String id) {
        receive("{\"type\":\"subscribe\",\"id\":\"" + id + "\",\"payload\":{\"query\":\"subscription { a }\"}}");
    }

    private void receive(String message) {
        connection.receive(message, true);
    }

    private static void result(FluxSink<ExecutionResult> follower, String data) {
        follower.next(ExecutionResultImpl.newExecutionResult().data(data).build());
    }

    private JsonNode next() throws InterruptedException {
        JsonNode message = sent.poll(10, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    /** Every request that was asked has been subscribed to and let go; bounded by the class's timeout. */
    private void awaitNobodyFollows() {
        Await.until(() -> followers.size() == asked.get() && followers.stream().allMatch(FluxSink::isCancelled));
    }

    /** What the web server does with a session, as far as a connection uses it. */
    private WebSocketSession session() {
        return (WebSocketSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WebSocketSession.class}, (self, method, arguments) -> {
                    RuntimeException wrong = broken;
                    if (wrong != null) {
                        throw wrong;
                    }
                    switch (method.getName()) {
                        case "sendMessage" -> sent.add(JSON.readTree(((TextMessage) arguments[0]).getPayload()));
                        case "close" -> closed.complete((CloseStatus) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    /** @param answers what is answered */
    private record Graphql(Function<WebGraphQlRequest, Mono<WebGraphQlResponse>> answers) implements WebGraphQlHandler {

        @Override
        public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ContextSnapshotFactory contextSnapshotFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
            return answers.apply(request);
        }
    }

    /** An error that takes its time to be written out. */
    private record Late(Runnable meanwhile) implements GraphQLError {

        @Override
        public Map<String, Object> toSpecification() {
            meanwhile.run();
            return Map.of("message", "late");
        }

        @Override
        public String getMessage() {
            return "late";
        }

        @Override
        public List<SourceLocation> getLocations() {
            return List.of();
        }

        @Override
        public ErrorClassification getErrorType() {
            return ErrorType.DataFetchingException;
        }
    }
}
