package io.gamemetrics.infrastructure.privacy;

import java.sql.SQLException;

/** The vault's database did not answer, or refused. Nothing was handed out; the same call may succeed later. */
public final class VaultUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Keeps the SQLSTATE only: the server's own text may repeat values of the row. */
    VaultUnavailableException(SQLException cause) {
        super("the vault's database failed: sqlState=" + cause.getSQLState());
    }

    /** @param why one sentence without anything of the content */
    VaultUnavailableException(String why) {
        super(why);
    }
}
