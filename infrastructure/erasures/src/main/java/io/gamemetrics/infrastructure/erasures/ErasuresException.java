package io.gamemetrics.infrastructure.erasures;

import java.io.Serial;
import java.sql.SQLException;

/** The database of erasures under way could not be asked. */
public final class ErasuresException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ErasuresException(String message, SQLException cause) {
        super(message, cause);
    }
}
