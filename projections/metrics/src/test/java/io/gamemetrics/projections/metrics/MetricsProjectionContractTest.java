package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

class MetricsProjectionContractTest extends ProjectionContract {

    private static final GameId GAME = new GameId("contract");
    private static final Instant AT = Instant.parse("2026-03-20T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-20");

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void migrate() {
        database.setUrl(TestPostgres.newDatabase());
        MetricsSchema.migrate(database);
    }

    @Override
    protected Projection projection() {
        return new MetricsProjection(new MetricsWriter(database, MetricsProjection.NAME));
    }

    @Override
    protected List<Object> events() {
        Currency usd = Currency.getInstance("USD");
        return List.of(
                new GameCreated(GAME, "Contract", ZoneOffset.UTC, usd, ActiveBy.ANY_EVENT, Stage.LIVE, AT),
                new SessionStarted(header("e1"), 60_000L),
                new SessionStarted(header("e2"), null));
    }

    @Override
    protected Object contents() {
        return contents(1);
    }

    @Override
    protected boolean hasVersions() {
        return true;
    }

    @Override
    protected Projection projection(int version) {
        MetricsSchema.migrate(database, version);
        return new MetricsProjection(new MetricsWriter(database, version, MetricsProjection.NAME));
    }

    @Override
    protected void drop(int version) throws SQLException {
        MetricsSchema.of(database, version).drop();
    }

    @Override
    protected Object contents(int version) {
        MetricsReader reader = MetricsReader.on(database, () -> version, 1);
        return reader.knows(GAME) ? reader.dailyMetrics(GAME, DAY, DAY, Filter.ALL) : List.of();
    }

    private static EventHeader header(String id) {
        return new EventHeader(new EventId(id), AT, null, new Dimensions(null, null, null, Map.of()), false);
    }

    @Override
    protected Optional<Exporting> exporting() {
        return Optional.of(new MetricsExporting(database));
    }
}
