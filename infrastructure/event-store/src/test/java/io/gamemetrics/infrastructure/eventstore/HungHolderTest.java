package io.gamemetrics.infrastructure.eventstore;

import static io.gamemetrics.infrastructure.eventstore.TestStores.group;
import static io.gamemetrics.infrastructure.eventstore.TestStores.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.FaultyWire.Fault;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody holds the head row and hangs: whoever waits goes on within seconds, and nothing of the hung group is stored. */
class HungHolderTest {

    private static final Duration HOLD_LIMIT = Duration.ofSeconds(1);

    static Fault[] hangs() {
        return new Fault[] {new Fault.FreezeBeforeCopy(), new Fault.FreezeMidCopy(), new Fault.CutMidCopy()};
    }

    @ParameterizedTest
    @MethodSource("hangs")
    void aHolderThatHangsIsCutOffAndOthersGoOn(Fault fault) throws Exception {
        UUID hungStream = UUID.randomUUID();
        UUID waitingStream = UUID.randomUUID();
        AtomicBoolean armed = new AtomicBoolean(true);
        EventStoreSettings direct = TestStores.cutOffAfter(TestStores.newDatabase(), HOLD_LIMIT);
        try (EventStore healthy = PostgresEventStore.open(direct);
                FaultyWire wire =
                        new FaultyWire(direct.url(), () -> armed.getAndSet(false) ? fault : new Fault.None());
                EventStore hanging = PostgresEventStore.open(TestStores.at(wire.jdbcUrl(), direct))) {
            CompletableFuture<Appended> hung =
                    CompletableFuture.supplyAsync(() -> hanging.append(group(hungStream, 0, 50)));
            if (!(fault instanceof Fault.CutMidCopy)) {
                wire.awaitFrozen();
            }

            long began = System.nanoTime();
            Appended appended = healthy.append(group(waitingStream, 0, 2));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(hung::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EventStoreException.class);
            assertThat(appended.last().number()).isEqualTo(2);
            assertThat(healthy.read(start(healthy), 100))
                    .extracting(StoredEvent::stream)
                    .containsOnly(waitingStream);
            // The one that hung comes back with a new connection.
            assertThat(hanging.append(group(hungStream, 0, 50)).last().number()).isEqualTo(52);
        }
    }
}
