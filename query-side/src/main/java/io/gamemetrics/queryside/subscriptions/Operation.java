package io.gamemetrics.queryside.subscriptions;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.queryside.errors.ErrorCode;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One query or subscription on its way; both look alike from here: some results, and an end. */
final class Operation {

    private final WebGraphQlHandler graphql;
    private final Faults faults;

    Operation(WebGraphQlHandler graphql, Faults faults) {
        this.graphql = graphql;
        this.faults = faults;
    }

    /** Where results go. None of the methods waits; after one of the last two, none is called. */
    interface Results {

        void next(Map<String, Object> result);

        /** @param errors as GraphQL writes them */
        void failed(List<Map<String, Object>> errors);

        void complete();
    }

    /** Begins on a thread of its own; disposing of it ends it silently. */
    Disposable start(WebGraphQlRequest request, Results results) {
        return start(graphql.handleRequest(request), results);
    }

    /** The same, of a request that is being handled as soon as somebody wants its response. */
    Disposable start(Mono<WebGraphQlResponse> response, Results results) {
        Disposable.Swap running = Disposables.swap();
        Thread.ofVirtual().start(() -> running.update(subscribed(response, results)));
        return running;
    }

    private Disposable subscribed(Mono<WebGraphQlResponse> response, Results results) {
        try {
            return response.flatMapMany(Operation::results)
                    .subscribe(results::next, failure -> results.failed(errors(failure)), results::complete);
        } catch (RuntimeException | Error e) {
            // What Reactor takes for fatal it throws at whoever subscribes, and tells nobody else.
            results.failed(errors(e));
            return Disposables.disposed();
        }
    }

    private static Flux<Map<String, Object>> results(WebGraphQlResponse response) {
        ExecutionResult result = response.getExecutionResult();
        if (result.getData() instanceof Publisher<?> publisher) {
            return Flux.from(publisher).cast(ExecutionResult.class).map(ExecutionResult::toSpecification);
        }
        return result.getData() == null && !result.getErrors().isEmpty()
                ? Flux.error(new SubscriptionPublisherException(
                        result.getErrors(), new IllegalStateException("nothing was begun")))
                : Flux.just(response.toMap());
    }

    private List<Map<String, Object>> errors(Throwable failure) {
        if (failure instanceof SubscriptionPublisherException known) {
            return known.getErrors().stream().map(GraphQLError::toSpecification).toList();
        }
        return List.of(Map.of(
                "message",
                "Something broke on our side; the reference finds it in our logs.",
                "extensions",
                Map.of("code", ErrorCode.INTERNAL.name(), "reference", faults.report(failure))));
    }
}
