package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.infrastructure.web.RateLimitHeaders;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.TokenBucket;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.ids.GameId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each game may send, as seen by this replica: with several of them, a game may send as much to each. Safe for
 * concurrent use.
 */
final class RateLimits {

    private static final String POLICY = "events";

    private final Map<GameId, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(int perSecond, int burst, TokenBucket tokens) {}

    /**
     * Takes so many events from what the game may send, and tells the caller what is left.
     *
     * @throws Refusal {@link RequestProblem#RATE_LIMITED} when it may not send as many now
     */
    void take(GameView game, int events, HttpServletResponse response) {
        LimitsSet limits = game.limits();
        Integer perSecond = limits == null ? null : limits.eventsPerSecond();
        if (limits == null || perSecond == null) {
            writeUnlimited(response);
            return;
        }
        Integer burstSet = limits.burst();
        int burst = burstSet == null ? perSecond : burstSet;
        TokenBucket.Grant grant = bucket(game.gameId(), perSecond, burst).take(events);
        RateLimitHeaders.write(response, POLICY, perSecond, 1, grant.remaining(), grant.fullSeconds());
        if (!grant.granted()) {
            throw new Refusal(RequestProblem.RATE_LIMITED).retryAfter(Duration.ofSeconds(grant.waitSeconds()));
        }
    }

    /** Only a request's own limit holds, and it is whole again with the next one. */
    static void writeUnlimited(HttpServletResponse response) {
        RateLimitHeaders.write(response, POLICY, EventBatch.MAX_EVENTS, 1, EventBatch.MAX_EVENTS, 0);
    }

    private TokenBucket bucket(GameId game, int perSecond, int burst) {
        return buckets.compute(
                        game,
                        (id, now) -> now != null && now.perSecond == perSecond && now.burst == burst
                                ? now
                                : new Bucket(perSecond, burst, new TokenBucket(perSecond, burst)))
                .tokens();
    }
}
