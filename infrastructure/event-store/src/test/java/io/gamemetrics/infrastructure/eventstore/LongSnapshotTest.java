package io.gamemetrics.infrastructure.eventstore;

import static io.gamemetrics.infrastructure.eventstore.TestStores.group;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody keeps a snapshot open, as a backup does: no version of the head row can be cleaned up until they are done. */
class LongSnapshotTest {

    @Test
    void appendsGoOnWhileALongSnapshotIsOpen() throws Exception {
        run(2_000);
    }

    @Test
    @Tag("faults")
    void appendsGoOnForManyThousandsOfGroups() throws Exception {
        run(10_000);
    }

    private static void run(int groups) throws Exception {
        EventStoreSettings settings = TestStores.newDatabase();
        try (EventStore store = PostgresEventStore.open(settings);
                Connection backup = DriverManager.getConnection(settings.url());
                Statement statement = backup.createStatement()) {
            backup.setAutoCommit(false);
            backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM events");

            UUID stream = UUID.randomUUID();
            int tenth = groups / 10;
            Duration first = append(store, stream, 0, tenth);
            append(store, stream, tenth, groups - tenth);
            Duration last = append(store, stream, groups - tenth, groups);
            System.out.println("LongSnapshotTest: first " + tenth + " groups " + first.toMillis() + " ms, last "
                    + last.toMillis() + " ms");

            assertThat(store.position().number()).isEqualTo(groups);
            assertThat(last).isLessThan(first.multipliedBy(10).plusSeconds(2));
        }
    }

    private static Duration append(EventStore store, UUID stream, int from, int to) {
        long began = System.nanoTime();
        for (int sequence = from; sequence < to; sequence++) {
            store.append(group(stream, sequence, 1));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
