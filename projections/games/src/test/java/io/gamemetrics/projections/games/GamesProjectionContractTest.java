package io.gamemetrics.projections.games;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.gamesstore.GamesReader;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

class GamesProjectionContractTest extends ProjectionContract {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Currency USD = Currency.getInstance("USD");

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void migrate() {
        database.setUrl(TestPostgres.newDatabase());
        GamesStore.migrate(database);
    }

    @Override
    protected Projection projection() {
        return new GamesProjection(new GamesWriter(database));
    }

    @Override
    protected List<Object> events() {
        return List.of(
                new GameCreated(GAME, "Intendo", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, AT),
                new GameChanged(GAME, "Intendo 2", ZoneOffset.UTC, USD, ActiveBy.SESSION_START, AT));
    }

    @Override
    protected Object contents() {
        GamesReader reader = new GamesReader(database);
        return List.of(reader.games(), reader.keyByHash("ab12"));
    }

    @Override
    protected List<Object> others() {
        return List.of(new KeyIssued(GAME, "k1", KeyKind.INGEST, null, "ab12", null, AT));
    }

    @Override
    protected Object again() {
        return new GameChanged(GAME, "Intendo 3", ZoneOffset.UTC, USD, ActiveBy.SESSION_START, AT);
    }
}
