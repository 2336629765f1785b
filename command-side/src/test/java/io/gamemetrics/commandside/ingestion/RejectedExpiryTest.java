package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.RejectedEvent;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How refused events end, on a real PostgreSQL. */
class RejectedExpiryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int GAME = 1;

    private EventStore store;

    @BeforeEach
    void open() {
        store = PostgresEventStore.open(EventStoreSettings.of(
                TestPostgres.newDatabase(),
                TestPostgres.server().user(),
                TestPostgres.server().password()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatHasExpiredIsGoneSoonAfterTheStartAndNothingElse() {
        keep(2 * RejectedExpiry.BATCH + 1, NOW);
        keep(3, NOW.plusMillis(1));
        try (RejectedExpiry expiry = new RejectedExpiry(store.rejectedEvents(), CLOCK, Duration.ofHours(1))) {
            expiry.start();
            await().until(() -> store.rejectedEvents().count(GAME) == 3);
        }
        assertThat(store.rejectedEvents()
                        .newestFirst(RejectedEventsQuery.all(GAME, Instant.EPOCH), null, 10, Long.MAX_VALUE))
                .allSatisfy(kept -> assertThat(kept.event().expiresAt()).isAfter(NOW));
    }

    @Test
    void whatExpiresAfterwardsGoesInALaterRound() {
        try (RejectedExpiry expiry = new RejectedExpiry(store.rejectedEvents(), CLOCK, Duration.ofMillis(20))) {
            expiry.start();
            for (int round = 0; round < 3; round++) {
                keep(1, NOW);
                await().until(() -> store.rejectedEvents().count(GAME) == 0);
            }
        }
    }

    private void keep(int count, Instant expiresAt) {
        store.rejectedEvents()
                .append(IntStream.range(0, count)
                        .mapToObj(i -> new RejectedEvent(GAME, NOW, expiresAt, "event.notObject", new byte[] {1}))
                        .toList());
    }
}
