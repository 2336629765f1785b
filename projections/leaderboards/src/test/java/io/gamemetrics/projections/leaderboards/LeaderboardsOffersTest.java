package io.gamemetrics.projections.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Occasion.Reason;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.Leaderboard;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined.Operator;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What the boards offer when a rule or a time zone changes, and that the replay they offer does away with it. */
class LeaderboardsOffersTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Currency USD = Currency.getInstance("USD");

    private final PGSimpleDataSource readModels = new PGSimpleDataSource();
    private LeaderboardsRedis redis;
    private LeaderboardsVersions versions;

    @BeforeEach
    void open() {
        readModels.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(readModels);
        new Versions(readModels).register(new KnownProjection("leaderboards", 1, true, 1));
        redis = LeaderboardsRedis.at(TestRedis.url());
        new LeaderboardsCleaner(redis).dropAll();
        versions = process();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void a_changed_rule_is_an_occasion_of_its_board() {
        history(1, false);

        assertThat(versions.occasions(1))
                .containsExactly(new Occasion(
                        Reason.LEADERBOARD_RULE,
                        "intendo",
                        "arena",
                        "The board is counted by BEST DESC NEVER in Z instead of SUM DESC NEVER in Z."));
    }

    @Test
    void a_changed_zone_is_one_of_the_game() {
        history(1, true);

        assertThat(versions.occasions(1))
                .containsExactlyInAnyOrder(
                        new Occasion(
                                Reason.LEADERBOARD_RULE,
                                "intendo",
                                "arena",
                                "The board is counted by BEST DESC NEVER in Z instead of SUM DESC NEVER in Asia/Tokyo."),
                        new Occasion(
                                Reason.TIME_ZONE,
                                "intendo",
                                null,
                                "1 board goes by the days of Z instead of Asia/Tokyo."));
    }

    @Test
    void the_replay_that_is_offered_counts_by_the_new_rules_and_nothing_is_left_to_offer() {
        history(1, true);
        Replays replays = new Replays(readModels);
        UUID replay = replays.start("leaderboards", ReplayWish.manual(), "ada").id();
        history(2, true);
        assertThat(operator(2)).isEqualTo("SUM");
        replays.caughtUp(replay, 1);
        tellUpToDate();
        replays.switchOver(replay, "ada");

        assertThat(versions.occasions(2)).isEmpty();
        assertThat(versions.occasions(1)).hasSize(2);
    }

    /** As a process would that has version 2 at the end of the stream. */
    private void tellUpToDate() {
        Position end = new Position(1, 40);
        Proofs.Mark mark = new Proofs.Mark(0, end, 40, 3);
        new Proofs(readModels).caughtUp("leaderboards", 2, mark);
        new Proofs(readModels).countTail("leaderboards", 2, List.of(mark));
        new Progress(readModels)
                .tell(
                        "leaderboards",
                        2,
                        List.of(new PartitionProgress(
                                0, "one", end, 40, Instant.now(), 40, 1, 1, 0, null, Instant.EPOCH)));
    }

    @Test
    void what_a_version_was_begun_with_holds_for_whoever_opens_it_later() {
        history(1, false);
        new Replays(readModels).start("leaderboards", ReplayWish.manual(), "ada");
        versions.open(2);
        write(1, 9, (handlers, place) -> handlers.on(board("arena", Operator.COUNT), place));
        versions = process();
        history(2, false);

        assertThat(operator(2)).as("as it was when the replay began").isEqualTo("SUM");
        new LeaderboardsCleaner(redis, 2).drop();
        versions = process();
        history(2, false);
        assertThat(operator(2)).as("although Redis lost everything").isEqualTo("SUM");
    }

    @Test
    void what_was_taken_over_goes_on_by_the_rule_it_had_although_redis_lost_everything() {
        history(1, false);
        new Replays(readModels).start("leaderboards", ReplayWish.manual(), "ada");
        versions.takeOver(2, 1, LeftOut.NOTHING);
        history(2, false);
        assertThat(operator(2)).as("in a game that is not rebuilt").isEqualTo("BEST");
        new LeaderboardsCleaner(redis, 2).drop();
        versions = process();
        history(2, false);

        assertThat(operator(2)).isEqualTo("BEST");
        assertThat(versions.occasions(2)).as("still offered").hasSize(1);
    }

    @Test
    void a_version_that_was_built_before_anything_was_noted_goes_on_as_it_is() throws Exception {
        history(1, false);
        new Replays(readModels).start("leaderboards", ReplayWish.manual(), "ada");
        try (var connection = readModels.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO replays.begun_with VALUES ('leaderboards', 2, '', '')");
            history(2, false);
            statement.execute("DELETE FROM replays.begun_with");
        }
        versions = process();
        write(2, 9, (handlers, place) -> handlers.on(board("late", Operator.COUNT), place));

        assertThat(operator(2)).isEqualTo("BEST");
        assertThat(versions.occasions(2)).hasSize(1);
    }

    private LeaderboardsVersions process() {
        RuleOccasions occasions = new RuleOccasions(number -> number == 1 ? Optional.of("intendo") : Optional.empty());
        return new LeaderboardsVersions(redis, 1, readModels, occasions);
    }

    private String operator(int version) {
        Leaderboard board =
                new LeaderboardsReader(redis, () -> version).board(1, "arena").orElseThrow();
        return Objects.requireNonNull(board.rule()).operator().name();
    }

    private void history(int version, boolean zoneChanges) {
        write(
                version,
                1,
                (handlers, place) -> handlers.on(
                        new GameCreated(GAME, "Intendo", ZoneOffset.UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, AT),
                        place));
        write(version, 2, (handlers, place) -> handlers.on(board("arena", Operator.BEST), place));
        write(version, 3, (handlers, place) -> handlers.on(board("other", Operator.COUNT), place));
        write(version, 4, (handlers, place) -> handlers.on(board("arena", Operator.SUM), place));
        if (zoneChanges) {
            write(
                    version,
                    5,
                    (handlers, place) -> handlers.on(
                            new GameChanged(GAME, "Intendo", ZoneId.of("Asia/Tokyo"), USD, ActiveBy.ANY_EVENT, AT),
                            place));
        }
    }

    private void write(int version, long number, BiConsumer<LeaderboardsHandlers, EventPlace> event) {
        Projection projection = versions.open(version).projection();
        Position position = new Position(77, number);
        Checkpoint before = projection.checkpoint(0);
        Projection.Batch batch = projection.begin(0);
        event.accept(
                (LeaderboardsHandlers) batch.handlers(), new EventPlace(position, 1, new UUID(0, 0), -1, number, AT));
        batch.commit(before, new Checkpoint(position, AT, number, number, 1), List.of());
    }

    private static LeaderboardDefined board(String id, Operator operator) {
        return new LeaderboardDefined(
                GAME, id, operator, LeaderboardDefined.Order.DESC, LeaderboardDefined.Reset.NEVER, AT);
    }
}
