package io.gamemetrics.queryside.limits;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/** A budget for each caller, in this process. The longest unused are forgotten, which at worst refills them. */
final class CallerBudgets {

    private static final int MAX_CALLERS = 10_000;

    private final QueryLimits limits;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MAX_CALLERS;
        }
    };

    CallerBudgets(QueryLimits limits) {
        this.limits = limits;
    }

    TokenBucket.Grant take(Caller caller, long cost) {
        TokenBucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(
                    caller.name(), _ -> new TokenBucket(limits.costPerSecond(), limits.costBurst()));
        }
        return bucket.take(cost);
    }
}
