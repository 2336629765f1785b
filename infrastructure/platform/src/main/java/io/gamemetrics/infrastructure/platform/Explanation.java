package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestoreException;
import org.slf4j.LoggerFactory;

/** What the one who started the platform reads when it does not start: one sentence with what to do. */
final class Explanation {

    private Explanation() {}

    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStartException || cause instanceof UnfinishedRestoreException) {
                return String.valueOf(cause.getMessage());
            }
        }
        LoggerFactory.getLogger(Platform.class).error("the platform did not start", failure);
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "The platform did not start: " + root.getMessage() + " (everything about it is in "
                + System.getProperty("gamemetrics.log") + ").";
    }
}
