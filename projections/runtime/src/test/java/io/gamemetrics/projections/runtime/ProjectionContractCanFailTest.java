package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The contract is worth something: a projection that does nothing breaks it almost everywhere. */
class ProjectionContractCanFailTest {

    @Test
    void a_projection_that_does_nothing_keeps_only_what_nothing_can_keep() throws Exception {
        assertThat(keptBy(new Contract()))
                .containsExactly(
                        "a_new_projection_has_no_checkpoint_and_no_quarantined_stream",
                        "nothing_is_seen_of_a_batch_before_it_is_committed");
    }

    @Test
    void one_that_keeps_who_is_erased_breaks_what_says_so() {
        CountingProjectionContractTest contract = new CountingProjectionContractTest() {
            @Override
            boolean erases() {
                return false;
            }
        };
        try {
            assertThatThrownBy(contract::of_a_player_who_is_erased_nothing_is_left_live_replayed_or_half_way)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("version 2");
        } finally {
            contract.close();
        }
    }

    private static Set<String> keptBy(ProjectionContract contract) throws IllegalAccessException {
        Set<String> kept = new TreeSet<>();
        for (Method method : ProjectionContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                try {
                    method.invoke(contract);
                    kept.add(method.getName());
                } catch (InvocationTargetException broken) {
                    // Or it is of a part of the contract that this projection does not claim to keep.
                    assertThat(broken.getCause()).isInstanceOfAny(AssertionError.class, TestAbortedException.class);
                }
            }
        }
        return kept;
    }

    private static final class Contract extends ProjectionContract {

        @Override
        protected Projection projection() {
            return new IdleProjection(new Object());
        }

        @Override
        protected List<Object> events() {
            return List.of("one", "two");
        }

        @Override
        protected Object contents() {
            return "nothing";
        }

        @Override
        protected List<Object> players() {
            return events();
        }

        @Override
        protected boolean hasVersions() {
            return true;
        }

        @Override
        protected void drop(int version) {
            // Nothing is there.
        }
    }
}
