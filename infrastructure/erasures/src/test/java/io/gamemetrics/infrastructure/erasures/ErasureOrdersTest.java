package io.gamemetrics.infrastructure.erasures;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ErasureOrdersTest {

    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static final Position FIRST = new Position(7, 100);
    private static final Position SECOND = new Position(7, 200);

    private final UUID request = UUID.randomUUID();
    private final ErasureOrder order = new ErasureOrder(
            request, 3, 17, List.of(UUID.randomUUID(), UUID.randomUUID()), List.of(5, 9), Step.REMAINDER, FIRST);
    private final ErasureOrders orders = new ErasureOrders(DATABASE);

    @BeforeAll
    static void make() {
        DATABASE.setUrl(TestPostgres.newDatabase());
        ErasuresSchema.migrate(DATABASE);
        ErasuresSchema.migrate(DATABASE);
    }

    @Test
    void anOrderStaysAsItWasFirstGiven() {
        assertThat(orders.find(request, 3)).isEmpty();
        orders.begin(order);
        orders.begin(new ErasureOrder(request, 3, 17, List.of(UUID.randomUUID()), List.of(1), Step.REMAINDER, SECOND));

        assertThat(orders.find(request, 3)).contains(order);
        assertThat(orders.find(request, 2)).isEmpty();
    }

    @Test
    void eachVersionIsAskedUntilItHasAnsweredTheStepItIsAt() {
        orders.begin(order);
        assertThat(orders.open("metrics", 1, 1_000)).contains(order);
        ErasureAnswer held = new ErasureAnswer("metrics", 1, Map.of("events", 7L, "bitmaps", 2L), new byte[] {1, 2});

        orders.answer(order, held);
        orders.answer(order, held);

        assertThat(orders.open("metrics", 1, 1_000)).doesNotContain(order);
        assertThat(orders.open("metrics", 2, 1_000)).contains(order);
        assertThat(orders.open("players", 1, 1_000)).contains(order);
        assertThat(orders.answers(request, 3, Step.REMAINDER)).containsExactly(held);
        assertThat(held.total()).isEqualTo(9);

        orders.advance(order, Step.PURGE, SECOND);
        ErasureOrder next = orders.find(request, 3).orElseThrow();
        assertThat(next.step()).isEqualTo(Step.PURGE);
        assertThat(next.after()).isEqualTo(SECOND);
        assertThat(orders.open("metrics", 1, 1_000)).contains(next);
        orders.answer(order, held);
        assertThat(orders.answers(request, 3, Step.PURGE))
                .as("late, to the step before")
                .isEmpty();
        assertThat(orders.answers(request, 3, Step.REMAINDER)).containsExactly(held);
    }

    @Test
    void whoIsBehindTakesNobodyBack() {
        orders.begin(order);
        orders.advance(order, Step.PURGE, SECOND);
        orders.advance(order, Step.SCAN, FIRST);
        assertThat(orders.find(request, 3)).map(ErasureOrder::step).contains(Step.PURGE);
    }

    @Test
    void anAnswerTakenBackIsGivenAgain() {
        orders.begin(order);
        ErasureAnswer held = new ErasureAnswer("metrics", 1, Map.of("events", 7L));
        orders.answer(order, held);

        orders.ask(order, held);

        assertThat(orders.open("metrics", 1, 1_000)).contains(order);
        assertThat(orders.answers(request, 3, Step.REMAINDER)).isEmpty();
    }

    @Test
    void whatIsForgottenIsGoneWithItsAnswers() {
        orders.begin(order);
        orders.answer(order, new ErasureAnswer("metrics", 1, Map.of()));

        orders.forget(request, 3);
        orders.forget(request, 3);

        assertThat(orders.find(request, 3)).isEmpty();
        assertThat(orders.answers(request, 3, Step.REMAINDER)).isEmpty();
    }
}
