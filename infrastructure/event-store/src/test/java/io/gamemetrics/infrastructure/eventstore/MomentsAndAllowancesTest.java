package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.Allowances.Taken;
import io.gamemetrics.infrastructure.eventstore.Moments.Moment;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What replicas share beside events, on a real PostgreSQL. */
class MomentsAndAllowancesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    /** So slow that nothing flows in while a test runs. */
    private static final double SLOW = 1e-6;

    private static EventStore store;

    @BeforeAll
    static void open() {
        store = PostgresEventStore.open(EventStoreSettings.of(
                TestPostgres.newDatabase(),
                TestPostgres.server().user(),
                TestPostgres.server().password()));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void theLatestMomentOfEachNameStays() {
        Moments moments = store.moments();
        moments.remember(List.of(new Moment(1, "a", NOON), new Moment(1, "b", NOON), new Moment(2, "a", NOON)));
        moments.remember(List.of(new Moment(1, "b", NOON.minusSeconds(1)), new Moment(1, "a", NOON.plusSeconds(1))));
        moments.remember(List.of());
        assertThat(moments.of(1)).isEqualTo(Map.of("a", NOON.plusSeconds(1), "b", NOON));
        assertThat(moments.of(3)).isEmpty();
    }

    @Test
    void aBurstIsTakenAndThenNothing() {
        Allowances allowances = store.allowances();
        assertThat(allowances.take(1, SLOW, 10, 4, 3).taken()).isEqualTo(7);
        assertThat(allowances.take(1, SLOW, 10, 4, 0).taken()).isZero();
        assertThat(allowances.take(1, SLOW, 10, 2, 5).taken()).isEqualTo(3);
        assertThat(allowances.take(1, SLOW, 10, 1, 0)).satisfies(refused -> {
            assertThat(refused.taken()).isZero();
            assertThat(refused.left()).isBetween(0.0, 0.01);
        });
        assertThat(allowances.take(2, SLOW, 10, 1, 0).taken()).isEqualTo(1);
    }

    @Test
    void moreThanABurstIsTakenFromAFullBucketAndPaidForAfterwards() {
        Allowances allowances = store.allowances();
        Taken large = allowances.take(3, SLOW, 10, 25, 100);
        assertThat(large.taken()).isEqualTo(25);
        assertThat(large.left()).isBetween(-15.1, -14.9);
        assertThat(allowances.take(3, SLOW, 10, 1, 0).taken()).isZero();
    }

    @Test
    void aSmallerBurstHoldsAtOnce() {
        Allowances allowances = store.allowances();
        allowances.take(4, SLOW, 100, 1, 0);
        assertThat(allowances.take(4, SLOW, 10, 10, 50).taken()).isEqualTo(10);
        assertThat(allowances.take(4, SLOW, 10, 1, 0).taken()).isZero();
    }

    @Test
    void whatFlowsInCanBeTaken() {
        Allowances allowances = store.allowances();
        allowances.take(5, SLOW, 10, 10, 0);
        // A rate at which any time at all fills the bucket.
        assertThat(allowances.take(5, 1e12, 10, 10, 0).taken()).isEqualTo(10);
    }

    @Test
    void manyAtOnceNeverTakeMoreThanThereIs() throws Exception {
        Allowances allowances = store.allowances();
        List<Callable<Long>> takers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            takers.add(() -> {
                long taken = 0;
                for (int j = 0; j < 10; j++) {
                    taken += allowances.take(6, SLOW, 1_000, 5, 2).taken();
                }
                return taken;
            });
        }
        long taken = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> future : threads.invokeAll(takers, 60, java.util.concurrent.TimeUnit.SECONDS)) {
                taken += future.get();
            }
        }
        assertThat(taken).isBetween(996L, 1_000L);
    }
}
