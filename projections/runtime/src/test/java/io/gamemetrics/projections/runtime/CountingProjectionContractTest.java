package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.List;

class CountingProjectionContractTest extends ProjectionContract {

    private final CountingStore store = new CountingStore(TestPostgres.newDatabase());

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
