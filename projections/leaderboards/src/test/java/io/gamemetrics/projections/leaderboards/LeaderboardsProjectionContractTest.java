package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.Leaderboard;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.leaderboardsstore.PageRequest;
import io.gamemetrics.projections.leaderboardsstore.Period;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class LeaderboardsProjectionContractTest extends ProjectionContract {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Currency USD = Currency.getInstance("USD");

    private static LeaderboardsRedis redis;

    @BeforeAll
    static void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        new LeaderboardsCleaner(redis).dropAll();
    }

    @Override
    protected Projection projection() {
        return projection(1);
    }

    /** A game without a board shows nothing: it is there already, from another partition. */
    @Override
    protected Projection projection(int version) {
        Projection projection =
                new LeaderboardsProjection(new LeaderboardsWriter(redis, version, 1, Clock.fixed(AT, ZoneOffset.UTC)));
        if (isNew(version)) {
            Projection.Batch batch = projection.begin(9);
            Position position = new Position(77, 1);
            ((LeaderboardsHandlers) batch.handlers())
                    .on(
                            new GameCreated(GAME, "Intendo", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, AT),
                            new EventPlace(position, 1, new UUID(0, 0), -1, 0, AT));
            batch.commit(null, new Checkpoint(position, AT, 1, 1, 1), List.of());
        }
        return projection;
    }

    private static boolean isNew(int version) {
        return new LeaderboardsWriter(redis, version, 1, Clock.fixed(AT, ZoneOffset.UTC)).checkpoint(9) == null;
    }

    @Override
    protected boolean hasVersions() {
        return true;
    }

    @Override
    protected void drop(int version) {
        new LeaderboardsCleaner(redis, version).drop();
    }

    @Override
    protected List<Object> events() {
        EventHeader header = new EventHeader(new EventId("e"), AT, null, Dimensions.NONE, false);
        return List.of(
                board("wins", LeaderboardDefined.Order.DESC),
                new ScoreSubmitted(header, "wins", 5),
                new ScoreSubmitted(header, "wins", 7),
                new LeaderboardBanned(header, "wins", "moderator", null),
                new LeaderboardUnbanned(header, "wins", "moderator"),
                new LeaderboardBanned(header, null, "moderator", "why"),
                new LeaderboardUnbanned(header, null, "moderator"),
                new LinkedToPlayer(header, new Pseudonym(new UUID(1, 2))),
                board("wins", LeaderboardDefined.Order.ASC),
                board("wins", LeaderboardDefined.Order.DESC),
                new GameChanged(GAME, "Intendo 2", ZoneId.of("Asia/Tokyo"), USD, ActiveBy.SESSION_START, AT));
    }

    @Override
    protected Object contents() {
        projection();
        return contents(1);
    }

    @Override
    protected Object contents(int version) {
        LeaderboardsReader reader = new LeaderboardsReader(redis, () -> version);
        Leaderboard board = reader.board(1, "wins").orElse(null);
        Object page = board == null || board.rule() == null
                ? "none"
                : reader.page(1, "wins", board.rule(), Period.ALL_TIME, PageRequest.first(9));
        return Arrays.asList(board, page);
    }

    @Override
    protected Object remaining(int version) {
        return new LeaderboardsReader(redis, () -> version)
                .page(1, "wins", rule(version), Period.ALL_TIME, PageRequest.first(9))
                .orElseThrow()
                .entries();
    }

    private static BoardRule rule(int version) {
        return Objects.requireNonNull(new LeaderboardsReader(redis, () -> version)
                .board(1, "wins")
                .orElseThrow()
                .rule());
    }

    private static LeaderboardDefined board(String id, LeaderboardDefined.Order order) {
        return new LeaderboardDefined(
                GAME, id, LeaderboardDefined.Operator.BEST, order, LeaderboardDefined.Reset.NEVER, AT);
    }

    @Override
    protected Optional<Exporting> exporting() {
        return Optional.of(new LeaderboardsExporting(redis));
    }
}
