package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RecommendationsProjectionContractTest extends ProjectionContract {

    @TempDir
    Path folder;

    private Fed fed;

    @BeforeEach
    void open() {
        fed = Fed.empty(folder);
    }

    @AfterEach
    void close() {
        fed.close();
    }

    @Override
    protected Projection projection() {
        return fed.projection;
    }

    @Override
    protected List<Object> events() {
        return List.of(
                Fed.from("SE", "ios"),
                Fed.bought("p1", "sword", 5),
                Fed.did("like", "shield", "2"),
                Fed.refunded("p1", "sword", 5),
                Fed.linkedTo("somebody"));
    }

    @Override
    protected Object contents() {
        return fed.tables.state();
    }

    @Override
    protected boolean hasVersions() {
        return true;
    }

    @Override
    protected Projection projection(int version) {
        RecommendationsSchema.migrate(fed.database, version);
        return new RecommendationsProjection(
                new RecommendationsWriter(RecommendationsSchema.of(fed.database, version)));
    }

    @Override
    protected Object contents(int version) {
        return new Tables(
                        fed.database,
                        RecommendationsSchema.of(fed.database, version).name())
                .state();
    }

    @Override
    protected void drop(int version) throws SQLException {
        RecommendationsSchema.of(fed.database, version).drop();
    }

    @Override
    protected Optional<Exporting> exporting() {
        return Optional.of(new RecommendationsExporting(fed.database, fed.vectors));
    }
}
