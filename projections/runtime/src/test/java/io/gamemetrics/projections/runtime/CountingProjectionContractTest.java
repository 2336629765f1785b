package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class CountingProjectionContractTest extends ProjectionContract {

    private final String url = TestPostgres.newDatabase();
    private final CountingStore store = new CountingStore(url);
    private final Map<Integer, CountingStore> others = new HashMap<>();

    @AfterEach
    void close() {
        store.close();
        others.values().forEach(CountingStore::close);
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

    @Override
    protected List<Object> players() {
        return List.of(new TestEvent.Counted());
    }

    @Override
    protected boolean hasVersions() {
        return true;
    }

    @Override
    protected Projection projection(int version) {
        return new CountingProjection(version(version)) {
            @Override
            boolean erases() {
                return CountingProjectionContractTest.this.erases();
            }
        };
    }

    boolean erases() {
        return true;
    }

    @Override
    protected Object contents(int version) {
        return version(version).counts();
    }

    @Override
    protected void drop(int version) {
        version(version).execute("DROP SCHEMA " + version(version).schema() + " CASCADE");
        CountingStore gone = others.remove(version);
        if (gone != null) {
            gone.close();
        }
    }

    private CountingStore version(int version) {
        return version == 1 ? store : others.computeIfAbsent(version, number -> new CountingStore(url, number));
    }
}
