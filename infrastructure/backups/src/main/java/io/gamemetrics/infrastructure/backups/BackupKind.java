package io.gamemetrics.infrastructure.backups;

import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.util.Locale;

/** What a backup is of. Two of a kind never lie in one folder: they live for different lengths of time. */
public enum BackupKind {
    /** The event store. Kept as long as one likes: without the vault nobody can read it. */
    EVENTS(PostgresEventStore.SCHEMA, PostgresEventStore.SCHEMA_HISTORY, Tables.REFUSED),
    /** The vault. Kept for days: whoever is erased lives on in it, for those who have the keys. */
    VAULT(PostgresVault.SCHEMA, PostgresVault.SCHEMA_HISTORY, "");

    private final String schema;
    private final String history;
    /** A table; "": none. */
    private final String leftOut;

    BackupKind(String schema, String history, String leftOut) {
        this.schema = schema;
        this.history = history;
        this.leftOut = leftOut;
    }

    /** The word for it in commands and names of folders. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String schema() {
        return schema;
    }

    String history() {
        return history;
    }

    /** Whether a table's rows are in no backup, and are not put back from one that has them. */
    boolean isLeftOut(String table) {
        return table.equals(history) || table.equals(leftOut);
    }
}
