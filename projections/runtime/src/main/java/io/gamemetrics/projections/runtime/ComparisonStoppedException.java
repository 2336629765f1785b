package io.gamemetrics.projections.runtime;

import java.io.Serial;

/** A comparison can't go on, or nobody wants it any more. */
final class ComparisonStoppedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    ComparisonStoppedException(String why) {
        super(why);
        this.why = why;
    }

    /** One sentence for operators. */
    String why() {
        return why;
    }
}
