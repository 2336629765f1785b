package io.gamemetrics.infrastructure.erasures;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class GatheringTest {

    private static final Position AFTER = new Position(7, 100);

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final ErasureOrders orders = new ErasureOrders(database);
    private final AtomicLong nanos = new AtomicLong();
    private final Gathering gathering = new Gathering(nanos::get);

    @BeforeEach
    void make() {
        database.setUrl(TestPostgres.newDatabase());
        ErasuresSchema.migrate(database);
    }

    @Test
    void whoIsAloneWaitsForNobody() {
        ordered(Step.SCAN);
        ordered(Step.PLAN);

        assertThat(gathering.isOver("events", orders)).isTrue();
    }

    @Test
    void aSearchWaitsForThoseWhoAreAboutToNeedIt() {
        ordered(Step.SCAN);
        ErasureOrder behind = ordered(Step.REMAINDER);
        assertThat(gathering.isOver("events", orders)).isFalse();

        orders.advance(behind, Step.PURGE, AFTER);
        ErasureOrder almost = orders.find(behind.request(), behind.subject()).orElseThrow();
        assertThat(gathering.isOver("events", orders)).isFalse();

        orders.advance(almost, Step.SCAN, AFTER);
        assertThat(gathering.isOver("events", orders)).isTrue();
    }

    @Test
    void butNotForLongAndEachStoreByItself() {
        ordered(Step.SCAN);
        ordered(Step.PURGE);
        assertThat(gathering.isOver("events", orders)).isFalse();
        nanos.addAndGet(Gathering.MOST.toNanos());

        assertThat(gathering.isOver("vault", orders)).as("just come to").isFalse();
        assertThat(gathering.isOver("events", orders)).isTrue();
        assertThat(gathering.isOver("events", orders)).as("the next search").isFalse();
    }

    private ErasureOrder ordered(Step step) {
        ErasureOrder order =
                new ErasureOrder(UUID.randomUUID(), 0, 17, List.of(UUID.randomUUID()), List.of(5), step, AFTER);
        orders.begin(order);
        return order;
    }
}
