package io.gamemetrics.queryside.limits;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.TokenBucket;
import io.gamemetrics.queryside.errors.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Around every query: hands the caller to the fields, holds the time limit, and gives each error its code and the answer
 * its cost. Messages of the GraphQL engine that repeat what was sent are replaced.
 */
public final class Answers implements WebGraphQlInterceptor {

    /** Under which name a field finds the {@link Caller} in its context. */
    public static final String CALLER = "caller";

    /** Under which name a subscription finds the {@link Room} to its caller, in the request and in its context. */
    public static final String ROOM = "room";

    /** A request with this attribute can be answered with a stream. */
    public static final String STREAM = Answers.class.getName() + ".stream";

    private static final String CODE = "code";
    private static final String COST = "cost";

    private final QueryLimits limits;

    public Answers(QueryLimits limits) {
        this.limits = limits;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Caller caller = request.getAttributes().get(CALLER) instanceof Caller known ? known : Caller.current();
        QueryCost cost = new QueryCost(caller);
        Object room = request.getAttributes().getOrDefault(ROOM, Room.ALWAYS);
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(context ->
                        context.put(CALLER, caller).put(QueryCost.class, cost).put(ROOM, room))
                .build());
        return chain.next(request)
                .timeout(limits.timeLimit(), Mono.fromSupplier(() -> tooLate(request)))
                .map(response -> isStreamNobodyReads(request, response) ? subscriptionsNeedAStream(request) : response)
                .map(response -> finished(response, cost));
    }

    private static boolean isStreamNobodyReads(WebGraphQlRequest request, WebGraphQlResponse response) {
        return response.getExecutionResult().getData() instanceof Publisher
                && !request.getAttributes().containsKey(STREAM);
    }

    private static WebGraphQlResponse subscriptionsNeedAStream(WebGraphQlRequest request) {
        return refused(
                request,
                ErrorCode.BAD_INPUT,
                "A subscription needs a WebSocket, or a request that accepts text/event-stream.");
    }

    private static WebGraphQlResponse tooLate(WebGraphQlRequest request) {
        return refused(request, ErrorCode.TIMEOUT, "It took too long; ask for less.");
    }

    private static WebGraphQlResponse refused(WebGraphQlRequest request, ErrorCode code, String message) {
        GraphQLError error = GraphqlErrorBuilder.newError()
                .message("%s", message)
                .extensions(Map.of(CODE, code.name()))
                .build();
        ExecutionResult result =
                ExecutionResultImpl.newExecutionResult().addError(error).build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
    }

    private WebGraphQlResponse finished(WebGraphQlResponse response, QueryCost cost) {
        List<GraphQLError> errors = response.getExecutionResult().getErrors().stream()
                .map(error -> coded(error, cost.cost()))
                .toList();
        Map<Object, Object> extensions = new LinkedHashMap<>(response.getExtensions());
        extensions.put(COST, cost.cost());
        WebGraphQlResponse answer =
                response.transform(builder -> builder.errors(errors).extensions(extensions));
        writeLimits(answer.getResponseHeaders(), cost.grant());
        return answer;
    }

    private void writeLimits(HttpHeaders headers, TokenBucket.@Nullable Grant grant) {
        if (grant != null) {
            long window = Math.max(1, limits.costBurst() / limits.costPerSecond());
            headers.set("RateLimit-Policy", "\"cost\";q=" + limits.costBurst() + ";w=" + window);
            headers.set("RateLimit", "\"cost\";r=" + grant.remaining() + ";t=" + grant.fullSeconds());
        }
    }

    private static GraphQLError coded(GraphQLError error, long cost) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        boolean ours = error.getExtensions() != null && error.getExtensions().containsKey(CODE);
        if (ours) {
            extensions.putAll(error.getExtensions());
        } else {
            extensions.put(CODE, codeOf(error).name());
        }
        extensions.put(COST, cost);
        GraphqlErrorBuilder<?> builder = GraphqlErrorBuilder.newError()
                .message("%s", ours ? error.getMessage() : withoutValues(error))
                .errorType(error.getErrorType())
                .extensions(extensions);
        if (error.getLocations() != null) {
            builder.locations(error.getLocations());
        }
        if (error.getPath() != null) {
            builder.path(error.getPath());
        }
        return builder.build();
    }

    private static ErrorCode codeOf(GraphQLError error) {
        return error.getErrorType() instanceof ErrorType type
                ? switch (type) {
                    case InvalidSyntax, ValidationError, OperationNotSupported -> ErrorCode.BAD_INPUT;
                    case ExecutionAborted -> ErrorCode.TOO_COMPLEX;
                    case NullValueInNonNullableField, DataFetchingException -> ErrorCode.INTERNAL;
                }
                : ErrorCode.BAD_INPUT;
    }

    private static String withoutValues(GraphQLError error) {
        if (error instanceof ValidationError invalid) {
            return invalid.getValidationErrorType() instanceof ValidationErrorType type && repeatsValues(type)
                    ? "An argument has the wrong form."
                    : invalid.getMessage();
        }
        return switch (codeOf(error)) {
            case TOO_COMPLEX -> "The query asks for too much at once.";
            case INTERNAL -> "Something broke on our side.";
            default -> "The query could not be understood.";
        };
    }

    private static boolean repeatsValues(ValidationErrorType type) {
        return switch (type) {
            case WrongType, BadValueForDefaultArg, DefaultForNonNullArgument -> true;
            default -> false;
        };
    }
}
