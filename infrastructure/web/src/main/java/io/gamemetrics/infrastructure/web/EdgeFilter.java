package io.gamemetrics.infrastructure.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The outermost filter: bounds how many requests are worked on at once, turns whatever escapes into a problem document,
 * and writes the access log: method, route template, status, time. Never the path, which names games and players.
 */
final class EdgeFilter extends OncePerRequestFilter {

    /** Logger of one line per request. */
    static final String ACCESS_LOG = "io.gamemetrics.access";

    private static final Logger ACCESS = LoggerFactory.getLogger(ACCESS_LOG);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Problems problems;
    private final Faults faults;
    private final Semaphore places;

    EdgeFilter(Problems problems, Faults faults, int maxConcurrentRequests) {
        this.problems = problems;
        this.faults = faults;
        this.places = new Semaphore(maxConcurrentRequests);
    }

    /** Health answers even when everything else is full. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        long start = System.nanoTime();
        if (!places.tryAcquire()) {
            problems.write(request, response, new Refusal(RequestProblem.UNAVAILABLE));
            log(request, response, start);
            return;
        }
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.getAndSet(false)) {
                places.release();
            }
        };
        LongAnswers.onBegin(request, release);
        try {
            chain.doFilter(request, response);
        } catch (Exception | StackOverflowError e) {
            problems.write(request, response, faults.refusalFor(e));
        } finally {
            whenAnswered(request, () -> {
                release.run();
                log(request, response, start);
            });
        }
    }

    /** Now, or when the answer that was left to another thread is complete. */
    private static void whenAnswered(HttpServletRequest request, Runnable last) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new LastOfAll(last));
        } else {
            last.run();
        }
    }

    private record LastOfAll(Runnable last) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            last.run();
        }

        // Completion follows both.
        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        /** Another round begins, for which listeners count anew. */
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    private static void log(HttpServletRequest request, HttpServletResponse response, long start) {
        Object template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        ACCESS.info(
                "{} {} {} {} ms",
                METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER",
                template == null ? "-" : template,
                response.getStatus(),
                (System.nanoTime() - start) / NANOS_PER_MILLI);
    }
}
