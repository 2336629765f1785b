package io.gamemetrics.infrastructure.web;

/** A service's own exceptions that mean "not right now": what they are answered with. Safe for concurrent use. */
@FunctionalInterface
public interface KnownFailures {

    /** Whether the caller should try again later: they are answered with {@link RequestProblem#UNAVAILABLE}. */
    boolean passes(Throwable failure);
}
