package io.gamemetrics.projections.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.gamesstore.ApiKey;
import io.gamemetrics.projections.gamesstore.GameSettings;
import io.gamemetrics.projections.gamesstore.GamesReader;
import io.gamemetrics.projections.gamesstore.GamesScan;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class GamesProjectionTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456Z");
    private static final GameCreated CREATED = new GameCreated(
            GAME, "Intendo", ZoneOffset.UTC, Currency.getInstance("USD"), ActiveBy.SESSION_START, Stage.LIVE, AT);
    private static final KeyIssued ISSUED =
            new KeyIssued(GAME, "k1", KeyKind.READ, "a label", "ab12", AT.plusSeconds(60), AT);

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final GamesProjection projection = new GamesProjection(new GamesWriter(database));
    private final GamesReader reader = new GamesReader(database);

    @BeforeEach
    void migrateTwice() {
        database.setUrl(TestPostgres.newDatabase());
        GamesStore.migrate(database);
        GamesStore.migrate(database);
    }

    @Test
    void a_game_reads_as_it_was_created_and_then_as_it_was_changed() {
        Checkpoint first = commit(null, 1, handlers -> handlers.on(CREATED, place()));
        assertThat(reader.game(GAME))
                .contains(new GameSettings(
                        GAME, 12, "Intendo", ZoneOffset.UTC, Currency.getInstance("USD"), "SESSION_START", "LIVE", AT));

        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        Currency rupee = Currency.getInstance("INR");
        commit(first, 2, handlers -> handlers.on(new GameChanged(GAME, "New", kolkata, rupee, ActiveBy.ANY_EVENT, AT)));
        assertThat(reader.games())
                .containsExactly(new GameSettings(GAME, 12, "New", kolkata, rupee, "ANY_EVENT", "LIVE", AT));
        assertThat(reader.checkpoint().orElseThrow().position()).isEqualTo(new Position(5, 2));
    }

    @Test
    void a_key_is_found_by_its_hash_until_and_after_it_was_revoked() {
        Checkpoint first = commit(null, 2, handlers -> {
            handlers.on(CREATED, place());
            handlers.on(ISSUED);
        });
        ApiKey key = reader.keyByHash("ab12").orElseThrow();
        assertThat(key).isEqualTo(new ApiKey(GAME, 12, "k1", "READ", AT.plusSeconds(60), null));
        assertThat(key.isValidAt(AT)).isTrue();
        assertThat(key.isValidAt(AT.plusSeconds(60))).isFalse();

        commit(first, 3, handlers -> handlers.on(new KeyRevoked(GAME, "k1", AT)));
        assertThat(reader.keyByHash("ab12").orElseThrow().isValidAt(AT)).isFalse();
        assertThat(reader.keyByHash("other")).isEmpty();
    }

    @Test
    void a_batch_from_a_checkpoint_that_moved_writes_nothing() {
        Checkpoint first = commit(null, 1, handlers -> handlers.on(CREATED, place()));
        commit(first, 5, handlers -> {});

        assertThatThrownBy(() -> commit(first, 2, handlers -> handlers.on(ISSUED)))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(reader.keyByHash("ab12")).isEmpty();
    }

    @Test
    void a_key_of_a_game_that_is_not_there_is_not_forgiven() {
        assertThatThrownBy(() -> commit(null, 1, handlers -> handlers.on(new KeyRevoked(GAME, "k1", AT))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(projection.checkpoint(0)).isNull();
    }

    @Test
    void a_parked_events_stream_is_quarantined() {
        UUID stream = UUID.randomUUID();
        ParkedEvent event = new ParkedEvent(new Position(5, 3), stream, 0, "handler.failed");
        projection.begin(0).commit(null, checkpoint(3), List.of(event));

        assertThat(projection.quarantined(0)).containsExactly(new QuarantinedStream(event, event.position(), 1));
    }

    @Test
    void a_control_is_found_beside_a_game() throws SQLException {
        commit(null, 1, handlers -> handlers.on(CREATED, place()));
        Needles needles = Needles.of(List.of("planted-beside-games"));
        GamesScan scan = new GamesScan(database);
        assertThat(scan.scan(needles)).isEmpty();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE games.left_behind AS SELECT 'planted-beside-games' AS words");
        }
        assertThat(scan.scan(needles)).containsExactly(new Hit("games", "left_behind.words", 0, 1));
    }

    private Checkpoint commit(@Nullable Checkpoint expected, long number, Consumer<GamesHandlers> events) {
        Projection.Batch batch = projection.begin(0);
        events.accept((GamesHandlers) batch.handlers());
        Checkpoint next = checkpoint(number);
        batch.commit(expected, next, List.of());
        return next;
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(5, number), AT, number, number, number);
    }

    private static EventPlace place() {
        return new EventPlace(new Position(5, 1), 12, UUID.randomUUID(), -1, 0, AT);
    }
}
