package io.gamemetrics.infrastructure.replays;

import java.io.Serial;
import java.sql.SQLException;

/** The database of versions and replays could not be asked. */
public final class ReplaysException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ReplaysException(String message, SQLException cause) {
        super(message, cause);
    }
}
