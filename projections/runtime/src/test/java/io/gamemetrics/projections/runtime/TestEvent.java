package io.gamemetrics.projections.runtime;

/** Events of these tests: what the runner makes of them is told by their type in the store. */
sealed interface TestEvent {

    /** Counted. */
    record Counted() implements TestEvent {}

    /** Configuration, counted too. */
    record Configured() implements TestEvent {}

    /** Its handler fails. */
    record FailsInHandler() implements TestEvent {}

    /** Its handler is content, but the database is not. */
    record FailsInFlush() implements TestEvent {}
}
