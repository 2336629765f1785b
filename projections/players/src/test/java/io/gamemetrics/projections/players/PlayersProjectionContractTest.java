package io.gamemetrics.projections.players;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

class PlayersProjectionContractTest extends ProjectionContract {

    private static final GameId GAME = new GameId("contract");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant AT = Instant.parse("2026-03-20T23:30:00Z");

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    @BeforeEach
    void migrate() {
        database.setUrl(TestPostgres.newDatabase());
        PlayersSchema.migrate(database);
    }

    @Override
    protected Projection projection() {
        return new PlayersProjection(new PlayersWriter(database), Fed::sealed);
    }

    @Override
    protected List<Object> events() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return List.of(
                new GameCreated(GAME, "Contract", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, AT),
                new SessionStarted(header("e1"), 60_000L),
                new SessionStarted(header("e2"), null),
                new GameChanged(GAME, "Contract", berlin, USD, ActiveBy.ANY_EVENT, AT));
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
        PlayersSchema.migrate(database, version);
        return new PlayersProjection(new PlayersWriter(database, version), Fed::sealed);
    }

    @Override
    protected void drop(int version) throws SQLException {
        PlayersSchema.drop(database, version);
    }

    @Override
    protected Object contents(int version) {
        PlayersReader reader = PlayersReader.on(database, () -> version, 1);
        return List.of(
                games(ModelSchema.name(PlayersSchema.NAME, version)),
                reader.player(GAME, new Pseudonym(UUID.nameUUIDFromBytes(new byte[1]))),
                reader.player(GAME, new Pseudonym(UUID.nameUUIDFromBytes(new byte[2]))));
    }

    private int games(String schema) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + schema + ".game")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventHeader header(String id) {
        return new EventHeader(new EventId(id), AT, null, Dimensions.NONE, false);
    }

    @Override
    protected Optional<Exporting> exporting() {
        return Optional.of(new PlayersExporting(database));
    }
}
