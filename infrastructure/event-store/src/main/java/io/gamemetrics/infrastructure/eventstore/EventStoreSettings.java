package io.gamemetrics.infrastructure.eventstore;

import java.time.Duration;

/**
 * How a process uses the store.
 *
 * @param url JDBC URL of a database of its own
 * @param user empty when the URL says who
 * @param writers connections that append, from 1; more of them wait their turn in the process instead of the database
 * @param readers connections that read, from 1
 * @param holdLimit how long a transaction may hold the head of the store, before PostgreSQL cuts it off and others go on
 * @param waitLimit how long an append waits for its turn; several times {@code holdLimit}
 * @param unsafeDatabase what to do with a database that answers before data is on disk
 */
public record EventStoreSettings(
        String url,
        String user,
        String password,
        int writers,
        int readers,
        Duration holdLimit,
        Duration waitLimit,
        UnsafeDatabase unsafeDatabase) {

    public EventStoreSettings {
        if (writers < 1 || readers < 1) {
            throw new IllegalArgumentException(
                    "writers and readers must be ≥ 1: writers=" + writers + ", readers=" + readers);
        }
        if (holdLimit.toMillis() < 100 || waitLimit.compareTo(holdLimit.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("holdLimit must be ≥ 100 ms and waitLimit at least twice as long:"
                    + " holdLimit=" + holdLimit + ", waitLimit=" + waitLimit);
        }
    }

    /** The defaults: 8 writers, 8 readers, cut off after 3 s, wait 30 s, refuse an unsafe database. */
    public static EventStoreSettings of(String url, String user, String password) {
        return new EventStoreSettings(
                url, user, password, 8, 8, Duration.ofSeconds(3), Duration.ofSeconds(30), UnsafeDatabase.REFUSE);
    }

    @Override
    public String toString() {
        return "EventStoreSettings[writers=" + writers + ", readers=" + readers + ", holdLimit=" + holdLimit
                + ", waitLimit=" + waitLimit + ", unsafeDatabase=" + unsafeDatabase + "]";
    }

    /** What to do with a database that runs with {@code fsync} or {@code synchronous_commit} off. */
    public enum UnsafeDatabase {
        /** Don't open the store. */
        REFUSE,
        /** Open it and say so in the log: for data nobody will miss. */
        WARN
    }
}
