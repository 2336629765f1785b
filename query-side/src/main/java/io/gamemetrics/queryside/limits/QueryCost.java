package io.gamemetrics.queryside.limits;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * One query's way through the limits: who asks, what it costs, what is left. Written before the fields are read, read
 * when the answer is complete.
 */
public final class QueryCost {

    private final Caller caller;
    private volatile long cost;
    private volatile TokenBucket.@Nullable Grant grant;

    public QueryCost(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    void found(long found) {
        cost = found;
    }

    void granted(TokenBucket.Grant result) {
        grant = result;
    }

    /** What the query costs; 0 for one that could not be understood. */
    public long cost() {
        return cost;
    }

    /** What the caller has left; null when the query did not get as far. */
    public TokenBucket.@Nullable Grant grant() {
        return grant;
    }
}
