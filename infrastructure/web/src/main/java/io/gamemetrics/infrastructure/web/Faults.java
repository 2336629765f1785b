package io.gamemetrics.infrastructure.web;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when we broke, or what we need is out of reach: the caller gets a reference, the log gets the reference
 * with types and stack frames. Exceptions' messages are not logged, because drivers and parsers repeat values in them.
 */
public final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int MAX_FRAMES = 60;
    private static final int MAX_CAUSES = 6;

    private final KnownFailures known;

    /** @param known failures that pass */
    public Faults(KnownFailures known) {
        this.known = known;
    }

    /**
     * The refusal to answer with: the one found in the exception or its causes; "unavailable" when one of them passes;
     * else "internal". The last two with a reference.
     */
    public Refusal refusalFor(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
            if (known.passes(cause)) {
                return new Refusal(RequestProblem.UNAVAILABLE).with("reference", report(failure));
            }
            cause = cause.getCause();
        }
        return new Refusal(RequestProblem.BROKEN).with("reference", report(failure));
    }

    /** Logs a failure under a new reference and returns it. */
    public String report(Throwable failure) {
        String reference = UUID.randomUUID().toString();
        LOG.error("request failed, reference {}\n{}", reference, withoutMessages(failure));
        return reference;
    }

    /** Types and frames of an exception and its causes, one a line. */
    static String withoutMessages(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(cause.getClass().getName());
            int frames = 0;
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (++frames > MAX_FRAMES) {
                    break;
                }
                text.append("\n\tat ").append(frame);
            }
            text.append('\n');
            cause = cause.getCause();
        }
        return text.toString();
    }
}
