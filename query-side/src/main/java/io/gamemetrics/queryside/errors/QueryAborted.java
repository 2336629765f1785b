package io.gamemetrics.queryside.errors;

import graphql.execution.AbortExecutionException;
import java.util.Map;

/** Ends a whole query before any field is read. */
public final class QueryAborted extends AbortExecutionException {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Object> extensions;

    /** @param message one sentence for the caller, without values from the query */
    public QueryAborted(ErrorCode code, String message) {
        this(message, Map.of("code", code.name()));
    }

    private QueryAborted(String message, Map<String, Object> extensions) {
        super(message);
        this.extensions = extensions;
    }

    /** The caller asks too much; {@code extensions.retryAfterSeconds} says when to try again. */
    public static QueryAborted rateLimited(long retryAfterSeconds) {
        return new QueryAborted(
                "More was asked for than allowed; try again a little later.",
                Map.of("code", ErrorCode.RATE_LIMITED.name(), "retryAfterSeconds", retryAfterSeconds));
    }

    @Override
    public Map<String, Object> getExtensions() {
        return extensions;
    }
}
