package io.gamemetrics.queryside.errors;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL said, however deep it lies in what a store threw. */
public final class SqlCause {

    /** PostgreSQL's undefined_table. */
    private static final String UNDEFINED_TABLE = "42P01";

    private static final int MAX_CAUSES = 6;

    private SqlCause() {}

    /** Whether the tables that were asked are not there: their projection has never run on this database. */
    public static boolean isMissingTables(Throwable failure) {
        SQLException sql = of(failure);
        return sql != null && UNDEFINED_TABLE.equals(sql.getSQLState());
    }

    static @Nullable SQLException of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
