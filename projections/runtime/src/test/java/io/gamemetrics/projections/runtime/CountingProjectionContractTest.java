package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class CountingProjectionContractTest extends ProjectionContract {

    private final CountingStore store = new CountingStore(TestPostgres.newDatabase());

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Projection projection() {
        return new CountingProjection(store);
    }

    @Override
    protected List<Object> events() {
        return List.of(new TestEvent.Counted(), new TestEvent.Configured());
    }

    @Override
    protected Object contents() {
        return store.counts();
    }
}
