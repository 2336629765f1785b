package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CountByTenantTest {

    @Test
    void eventsAreCountedInARangeAndByTypeForEachTenantThatHasAny() {
        try (EventStore store = PostgresEventStore.open(TestStores.newDatabase())) {
            store.append(EventGroup.of(List.of(row(1, 3), row(1, 4), row(2, 3))));
            Position middle = store.position();
            store.append(EventGroup.of(List.of(row(2, 4), row(5, 3))));
            Position beginning = new Position(middle.incarnation(), 0);

            assertThat(store.countByTenant(beginning, store.position(), Set.of()))
                    .isEqualTo(Map.of(1, 2L, 2, 2L, 5, 1L));
            assertThat(store.countByTenant(beginning, middle, Set.of())).isEqualTo(Map.of(1, 2L, 2, 1L));
            assertThat(store.countByTenant(middle, store.position(), Set.of(3))).isEqualTo(Map.of(5, 1L));
            assertThat(store.countByTenant(beginning, store.position(), Set.of(4, 9)))
                    .isEqualTo(Map.of(1, 1L, 2, 1L));
        }
    }

    private static Row row(int tenant, int type) {
        return new Row(UUID.randomUUID(), 0, new Encoded(tenant, type, 1, new byte[] {1}, List.of()));
    }
}
