package io.gamemetrics.infrastructure.privacy;

/** An envelope that does not open. */
public final class UnreadableEnvelopeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param cause a stable word for it, without anything of the content */
    UnreadableEnvelopeException(String cause) {
        super(cause, null, false, false);
    }

    /** A stable word: {@code envelope.short}, {@code envelope.version} or {@code envelope.tag}. */
    public String word() {
        return String.valueOf(getMessage());
    }
}
