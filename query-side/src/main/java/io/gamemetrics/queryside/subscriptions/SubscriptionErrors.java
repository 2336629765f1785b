package io.gamemetrics.queryside.subscriptions;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsStoreException;
import io.gamemetrics.projections.livetailstore.LiveTailStoreException;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.errors.SqlCause;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import reactor.core.publisher.Mono;

/** Turns what ends a subscription into an error with a code. */
final class SubscriptionErrors implements SubscriptionExceptionResolver {

    private final Faults faults;

    SubscriptionErrors(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Mono<List<GraphQLError>> resolveException(Throwable failure) {
        return Mono.just(List.of(
                switch (failure) {
                    case QueryRefused refused ->
                        error(refused.reason(), Map.of("code", refused.code().name()));
                    case LiveTailStoreException away -> unavailable(away);
                    case MetricsStoreException away
                    when SqlCause.isMissingTables(away) ->
                        error(
                                "The metrics are not there yet: their projection has not run here.",
                                Map.of("code", ErrorCode.PROJECTION_BEHIND.name(), "readModel", "metrics"));
                    case MetricsStoreException away -> unavailable(away);
                    case LeaderboardsStoreException away -> unavailable(away);
                    case ReplaysException away -> unavailable(away);
                    default ->
                        error(
                                "Something broke on our side; the reference finds it in our logs.",
                                Map.of("code", ErrorCode.INTERNAL.name(), "reference", faults.report(failure)));
                }));
    }

    private GraphQLError unavailable(Throwable failure) {
        faults.report(failure);
        return error("This can't be read right now.", Map.of("code", ErrorCode.UNAVAILABLE.name()));
    }

    private static GraphQLError error(String message, Map<String, Object> extensions) {
        return GraphqlErrorBuilder.newError()
                .message("%s", message)
                .extensions(extensions)
                .build();
    }
}
