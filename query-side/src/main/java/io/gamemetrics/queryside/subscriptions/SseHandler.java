package io.gamemetrics.queryside.subscriptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Identities;
import io.gamemetrics.infrastructure.web.LongAnswers;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.queryside.limits.Answers;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webmvc.GraphQlSseHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers with server-sent events; Spring's own way, with our bounds and an end for slow ones. */
final class SseHandler extends GraphQlSseHandler {

    private static final Duration FOR_EVER = Duration.ZERO;
    private static final String LINE = SseLine.class.getName();

    private final SubscriptionLimits limits;
    private final OpenLines lines;
    private final Operation operation;
    private final ObjectMapper json;

    SseHandler(
            WebGraphQlHandler graphql,
            SubscriptionLimits limits,
            OpenLines lines,
            Operation operation,
            ObjectMapper json) {
        super(graphql);
        this.limits = limits;
        this.lines = lines;
        this.operation = operation;
        this.json = json;
    }

    @Override
    public ServerResponse handleRequest(ServerRequest request) throws ServletException {
        request.attributes().put(Answers.STREAM, true);
        request.attributes().put(Answers.CALLER, Caller.current());
        String header = Objects.requireNonNull(request.servletRequest().getHeader(HttpHeaders.AUTHORIZATION));
        SseLine line = new SseLine(Identities.tokenIn(header), limits, lines, json);
        request.attributes().put(LINE, line);
        request.attributes().put(Answers.ROOM, line.room());
        return super.handleRequest(request);
    }

    @Override
    protected ServerResponse prepareResponse(ServerRequest request, Mono<WebGraphQlResponse> response) {
        HttpServletRequest servlet = request.servletRequest();
        SseLine line = (SseLine) Objects.requireNonNull(request.attributes().get(LINE));
        Optional<Ending> refused = lines.opened(line);
        if (refused.isEmpty()) {
            refused = lines.identified(line, Caller.current().name());
        }
        if (refused.isPresent()) {
            lines.closed(line);
            throw new Refusal(RequestProblem.UNAVAILABLE, refused.get().sentence());
        }
        LongAnswers.begin(servlet);
        return ServerResponse.sse(
                stream -> {
                    line.begin(stream);
                    line.runs(operation.start(response, line));
                },
                FOR_EVER);
    }
}
