package io.gamemetrics.projections.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells trouble that passes, which is waited out, from an event that can't be applied, which is parked. */
final class PassingTrouble {

    /**
     * SQLSTATE classes that say nothing against the statement's values: connection, transaction state, rollback (also
     * deadlocks), resources (also a full disk), objects in use, operator intervention, system error.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "25", "40", "53", "55", "57", "58");

    private PassingTrouble() {}

    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SQLTransientException e -> {
                    return true;
                }
                case SQLRecoverableException e -> {
                    return true;
                }
                case SQLException e -> {
                    String state = e.getSQLState();
                    if (state == null || PASSING_CLASSES.contains(state.substring(0, Math.min(2, state.length())))) {
                        return true;
                    }
                }
                case IOException e -> {
                    return true;
                }
                case UncheckedIOException e -> {
                    return true;
                }
                case TimeoutException e -> {
                    return true;
                }
                default -> {
                    // Says nothing by itself; its cause may.
                }
            }
        }
        return false;
    }
}
