package io.gamemetrics.infrastructure.privacy;

/** A restore was begun and did not end, so what is there must not be opened. The message is one sentence for the operator. */
public final class UnfinishedRestoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfinishedRestoreException(String sentence) {
        super(sentence);
    }
}
