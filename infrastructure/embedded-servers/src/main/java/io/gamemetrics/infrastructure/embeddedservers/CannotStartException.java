package io.gamemetrics.infrastructure.embeddedservers;

/** Something outside the program keeps it from starting. The message is one sentence for people, with what to do. */
public final class CannotStartException extends RuntimeException {

    public CannotStartException(String sentence) {
        super(sentence);
    }

    public CannotStartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
