package io.gamemetrics.commandside.ingestion;

/** A field's value is not what it must be. Thrown while one event is read, and never leaves the parser. */
final class FieldRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FieldProblem problem;

    /** @param message says what is expected; a value only where it can't be personal */
    FieldRefusal(FieldProblem problem, String message) {
        super(message, null, false, false);
        this.problem = problem;
    }

    FieldProblem problem() {
        return problem;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
