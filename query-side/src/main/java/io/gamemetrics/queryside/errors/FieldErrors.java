package io.gamemetrics.queryside.errors;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsStoreException;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.projections.metricsstore.NoLongerKeptException;
import io.gamemetrics.projections.metricsstore.UnknownGameException;
import io.gamemetrics.projections.playersstore.PlayersStoreException;
import io.gamemetrics.projections.recommendationsstore.RecommendationsStoreException;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStoreException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.DataFetcherExceptionResolverAdapter;
import org.springframework.validation.BindException;

/** Turns what a field's reading throws into an error with a code; what we broke is logged and only its reference told. */
public final class FieldErrors extends DataFetcherExceptionResolverAdapter {

    /** PostgreSQL's query_canceled, which its statement_timeout raises. */
    private static final String QUERY_CANCELED = "57014";

    private final Faults faults;

    public FieldErrors(Faults faults) {
        this.faults = faults;
        setThreadLocalContextAware(false);
    }

    @Override
    protected GraphQLError resolveToSingleError(Throwable failure, DataFetchingEnvironment field) {
        if (failure instanceof QueryRefused refused) {
            return error(field, refused.code(), refused.reason(), Map.of());
        }
        if (failure instanceof NoLongerKeptException gone) {
            return error(
                    field,
                    ErrorCode.NO_LONGER_KEPT,
                    "The question reaches back before what is kept of the game's events.",
                    Map.of("keptFrom", gone.keptFrom().toString()));
        }
        if (failure instanceof BindException) {
            return error(field, ErrorCode.BAD_INPUT, "An argument has the wrong form.", Map.of());
        }
        if (failure instanceof IllegalArgumentException) {
            // A Reader's own limit; its message may repeat what was sent.
            faults.report(failure);
            return error(field, ErrorCode.BAD_INPUT, "An argument is outside its limits.", Map.of());
        }
        if (failure instanceof UnknownGameException) {
            return error(
                    field,
                    ErrorCode.PROJECTION_BEHIND,
                    "The metrics have not heard of the game yet; ask again.",
                    Map.of());
        }
        if (SqlCause.isMissingTables(failure)) {
            String model = modelOf(failure);
            return error(
                    field,
                    ErrorCode.PROJECTION_BEHIND,
                    "The " + model + " are not there yet: their projection has not run here.",
                    Map.of("readModel", model));
        }
        SQLException sql = SqlCause.of(failure);
        if (sql != null && QUERY_CANCELED.equals(sql.getSQLState())) {
            return error(field, ErrorCode.TIMEOUT, "It took too long; ask for less.", Map.of());
        }
        if (sql instanceof SQLTransientException || (sql != null && isConnectionState(sql.getSQLState()))) {
            faults.report(failure);
            return error(field, ErrorCode.UNAVAILABLE, "The numbers can't be read right now.", Map.of());
        }
        if (failure instanceof LeaderboardsStoreException) {
            faults.report(failure);
            return error(field, ErrorCode.UNAVAILABLE, "The leaderboards can't be read right now.", Map.of());
        }
        if (failure instanceof VectorStoreException) {
            faults.report(failure);
            return error(field, ErrorCode.UNAVAILABLE, "The recommendations can't be read right now.", Map.of());
        }
        if (failure instanceof VaultUnavailableException) {
            faults.report(failure);
            return error(field, ErrorCode.UNAVAILABLE, "Who players are can't be read right now.", Map.of());
        }
        String reference = faults.report(failure);
        return error(
                field,
                ErrorCode.INTERNAL,
                "Something broke on our side; the reference finds it in our logs.",
                Map.of("reference", reference));
    }

    /** As {@code freshness} and health call it. */
    private static String modelOf(Throwable failure) {
        return switch (failure) {
            case MetricsStoreException metrics -> "metrics";
            case PlayersStoreException players -> "players";
            case RecommendationsStoreException recommendations -> "recommendations";
            case ReplaysException replays -> "replays";
            default -> "games";
        };
    }

    /** Classes 08 (connection) and 57P (the server goes down or comes up). */
    private static boolean isConnectionState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static GraphQLError error(
            DataFetchingEnvironment field, ErrorCode code, String message, Map<String, Object> more) {
        Map<String, Object> extensions = new LinkedHashMap<>(more);
        extensions.put("code", code.name());
        return GraphqlErrorBuilder.newError(field)
                .message("%s", message)
                .extensions(extensions)
                .build();
    }
}
