package io.gamemetrics.queryside.subscriptions;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Every connection that stays open, bounded in number. Looks after them all with one thread: asks who is still there,
 * checks tokens again, and ends those that must not go on. Safe for concurrent use.
 */
final class OpenLines implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OpenLines.class);
    private static final long TICK_MILLIS = 500;

    private final SubscriptionLimits limits;
    private final Function<String, Caller> callers;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Map<Line, String> counted = new ConcurrentHashMap<>();
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("open-lines").daemon(true).factory());
    private long pingedNanos = System.nanoTime();
    private long checkedNanos = System.nanoTime();
    private volatile @Nullable ScheduledFuture<?> ticking;
    private volatile boolean running;

    /** @param callers who is behind a token; throws {@link Refusal} */
    OpenLines(SubscriptionLimits limits, Function<String, Caller> callers) {
        this.limits = limits;
        this.callers = callers;
    }

    /** Counts the connection; the reason when it may not stay. */
    Optional<Ending> opened(Line line) {
        // Counted first: one that comes while the service stops is either ended with the others or refused here.
        lines.add(line);
        Optional<Ending> refused = !running
                ? Optional.of(Ending.SHUTTING_DOWN)
                : lines.size() > limits.maxConnections() ? Optional.of(Ending.FULL) : Optional.empty();
        if (refused.isPresent()) {
            lines.remove(line);
        }
        return refused;
    }

    /** Counts it to its caller, who is known from now on; the reason when it may not stay. */
    Optional<Ending> identified(Line line, String callerName) {
        int count = byCaller.merge(callerName, 1, Integer::sum);
        counted.put(line, callerName);
        if (!lines.contains(line)) {
            // It was closed meanwhile.
            uncount(line);
        }
        return count > limits.maxConnectionsPerCaller() ? Optional.of(Ending.FULL) : Optional.empty();
    }

    /** It is not open any more; again changes nothing. */
    void closed(Line line) {
        lines.remove(line);
        uncount(line);
    }

    private void uncount(Line line) {
        String caller = counted.remove(line);
        if (caller != null) {
            byCaller.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many are open. */
    int count() {
        return lines.size();
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            lines.forEach(line -> {
                if (!line.hasBegun()
                        && now - line.openedNanos() > limits.initTimeout().toNanos()) {
                    line.end(Ending.INIT_TIMEOUT);
                } else if (now - line.heardNanos() > limits.silence().toNanos()) {
                    line.end(Ending.SILENT);
                }
            });
            if (isDue(limits.ping(), pingedNanos, now)) {
                pingedNanos = now;
                lines.forEach(Line::ping);
            }
            if (isDue(limits.recheck(), checkedNanos, now)) {
                checkedNanos = now;
                checkTokens();
            }
        } catch (RuntimeException | Error e) {
            // Whatever it was: a clock that stopped would leave every connection unasked for ever.
            LOG.error("Open connections could not be looked after this time", e);
        }
    }

    private static boolean isDue(Duration every, long last, long now) {
        return now - last >= every.toNanos();
    }

    private void checkTokens() {
        Map<String, Boolean> checked = new HashMap<>();
        for (Line line : lines) {
            String token = line.token();
            if (token != null && !checked.computeIfAbsent(token, this::isValid)) {
                line.end(Ending.TOKEN_REFUSED);
            }
        }
    }

    /** A token nobody can check right now goes on as it was. */
    private boolean isValid(String token) {
        try {
            var unused = callers.apply(token);
            return true;
        } catch (Refusal refusal) {
            return refusal.type() == RequestProblem.UNAVAILABLE;
        }
    }

    @Override
    public void start() {
        running = true;
        ticking = clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Before the web server stops, which would wait for them. */
    @Override
    public void stop() {
        running = false;
        ScheduledFuture<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
        clock.shutdown();
        lines.forEach(line -> line.end(Ending.SHUTTING_DOWN));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
