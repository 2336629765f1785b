package io.gamemetrics.infrastructure.erasures;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasurePlans.Plan;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ErasurePlansTest {

    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static final Duration NO_AGE = Duration.ofDays(-1);

    private final ErasureOrders orders = new ErasureOrders(DATABASE);
    private final ErasurePlans plans = new ErasurePlans(DATABASE);
    private final UUID request = UUID.randomUUID();

    @BeforeAll
    static void make() {
        DATABASE.setUrl(TestPostgres.newDatabase());
        ErasuresSchema.migrate(DATABASE);
    }

    @Test
    void aPlanIsAskedForOnceAndGoesWithWhatWasCounted() {
        Plan plan = plans.ask(request, 2);
        assertThat(plans.ask(request, 2)).isEqualTo(plan);
        assertThat(plans.all(null, 1_000)).contains(plan);
        orders.begin(order(plan, 0, List.of(UUID.randomUUID())));
        orders.begin(order(plan, 1, List.of(UUID.randomUUID())));
        ErasureAnswer counted = new ErasureAnswer("metrics", 1, Map.of("event", 7L));
        orders.answer(order(plan, 1, List.of()), counted);
        assertThat(orders.answers(plan.plan(), Step.PLAN)).isEqualTo(Map.of(1, List.of(counted)));

        plans.forget(request);

        assertThat(plans.find(request)).isEmpty();
        assertThat(orders.all(plan.plan())).isEmpty();
        assertThat(plans.ask(request, 2).plan()).isNotEqualTo(plan.plan());
    }

    @Test
    void pagesHaveEachPlanOnce() {
        Set<Plan> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(plans.ask(UUID.randomUUID(), 1));
        }
        List<Plan> seen = new ArrayList<>();
        List<Plan> page = plans.all(null, 2);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page);
            page = plans.all(page.getLast().request(), 2);
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(made);
    }

    @Test
    void aPlanStandsBesideTheErasureOfTheSameRequest() {
        Plan plan = plans.ask(request, 1);
        ErasureOrder erasure = new ErasureOrder(
                request, 0, 17, List.of(UUID.randomUUID()), List.of(5), Step.REMAINDER, new Position(7, 100));
        orders.begin(order(plan, 0, List.of(UUID.randomUUID())));
        orders.begin(erasure);
        plans.forget(request);
        assertThat(orders.find(request, 0)).contains(erasure);
    }

    @Test
    void noVersionIsAskedOfNobody() {
        Plan plan = plans.ask(request, 2);
        ErasureOrder somebody = order(plan, 1, List.of(UUID.randomUUID()));
        orders.begin(order(plan, 0, List.of()));
        orders.begin(somebody);
        assertThat(orders.all(plan.plan())).hasSize(2);
        assertThat(orders.open("metrics", 1, 1_000)).contains(somebody).doesNotContain(order(plan, 0, List.of()));
    }

    @Test
    void oldOnesGoAndSoDoesWhatWasCountedTooLate() {
        Plan plan = plans.ask(request, 1);
        plans.forgetOlderThan(Duration.ofHours(1));
        assertThat(plans.find(request)).contains(plan);
        plans.forgetOlderThan(NO_AGE);
        assertThat(plans.find(request)).isEmpty();
        orders.begin(order(plan, 0, List.of(UUID.randomUUID())));
        plans.forgetOlderThan(Duration.ofHours(1));
        assertThat(orders.all(plan.plan())).isEmpty();
    }

    private static ErasureOrder order(Plan plan, int subject, List<UUID> streams) {
        return new ErasureOrder(
                plan.plan(),
                subject,
                17,
                streams,
                streams.stream().map(stream -> 5).toList(),
                Step.PLAN,
                new Position(7, 1));
    }
}
