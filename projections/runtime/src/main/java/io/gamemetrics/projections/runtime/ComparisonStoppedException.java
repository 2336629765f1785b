package io.gamemetrics.projections.runtime;

import java.io.Serial;

/** A comparison can't go on, or nobody wants it any more. Its message is one sentence for operators. */
final class ComparisonStoppedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ComparisonStoppedException(String why) {
        super(why);
    }
}
