package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.infrastructure.eventstore.Allowances;
import io.gamemetrics.infrastructure.web.RateLimitHeaders;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.TokenBucket.Grant;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each game may send, to all replicas together. Safe for concurrent use. */
final class RateLimits {

    private static final String POLICY = "events";

    private final Allowances allowances;
    private final Map<Integer, GameAllowance> byGame = new ConcurrentHashMap<>();

    RateLimits(Allowances allowances) {
        this.allowances = allowances;
    }

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
        Grant grant = allowance(game.number(), perSecond, burst).take(events);
        RateLimitHeaders.write(response, POLICY, perSecond, 1, grant.remaining(), grant.fullSeconds());
        if (!grant.granted()) {
            throw new Refusal(RequestProblem.RATE_LIMITED).retryAfter(Duration.ofSeconds(grant.waitSeconds()));
        }
    }

    /** Only a request's own limit holds, and it is whole again with the next one. */
    static void writeUnlimited(HttpServletResponse response) {
        RateLimitHeaders.write(response, POLICY, EventBatch.MAX_EVENTS, 1, EventBatch.MAX_EVENTS, 0);
    }

    private GameAllowance allowance(int gameNumber, int perSecond, int burst) {
        return byGame.compute(
                gameNumber,
                (number, now) -> now != null && now.isOf(perSecond, burst)
                        ? now
                        : new GameAllowance(allowances, number, perSecond, burst));
    }
}
