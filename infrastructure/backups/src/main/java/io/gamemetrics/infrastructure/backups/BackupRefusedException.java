package io.gamemetrics.infrastructure.backups;

/** A backup can't be made, trusted or put back; the message is one sentence that says why, and what to do. */
public final class BackupRefusedException extends RuntimeException {

    public BackupRefusedException(String message) {
        super(message);
    }

    public BackupRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
