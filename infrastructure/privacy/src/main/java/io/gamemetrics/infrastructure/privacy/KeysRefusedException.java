package io.gamemetrics.infrastructure.privacy;

/** The key directory does not fit the vault or the mode of running. The message is one sentence for the operator. */
public final class KeysRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeysRefusedException(String sentence) {
        super(sentence);
    }
}
