package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replicas take over that had not received the last of what was taken over: it is brought again, or it is told. */
class TakeOverLostTest {

    private static final int GAME = History.GAMES.getFirst();
    private static final String VERSION = "gm:leaderboards-v2:";

    /** Each on a node of its own: boards, games, partitions, what is written down; or all on one. */
    private static final List<String> NODES = List.of("{1:*", "{1}:*", "{partition-*", "taken-over", "*");

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void what_a_node_loses_while_boards_are_taken_over_is_brought_all_the_same() {
        failOver(Long.getLong("seed", 20_261_130L), 2);
    }

    @Test
    @Tag("faults")
    void and_so_it_is_at_many_more_moments() {
        failOver(Long.getLong("seed", System.nanoTime()), 40);
    }

    /** Each node, so many times. */
    private void failOver(long first, int times) {
        for (int round = 0; round < times * NODES.size(); round++) {
            long seed = first + round;
            String node = NODES.get(round % NODES.size());
            versions.empty();
            Random random = new Random(seed);
            List<Happening> events = History.of(seed, 300).events();
            versions.played(1).handleAll(events, Map.of(), random);
            FailingRedis into = versions.filled();
            int piece = 1 + random.nextInt(10);
            int[] scripts = {0};
            into.between(() -> scripts[0]++);
            versions.takeOver(into, piece);
            int all = scripts[0];
            new LeaderboardsCleaner(versions.redis, 2).drop();
            scripts[0] = 0;
            // What comes first are partitions and a game.
            int lastKept = 1 + random.nextInt(round % 2 == 0 ? all - 1 : 8);
            int lost = 1 + random.nextInt(Math.min(6, all - lastKept));
            List<Kept> replica = new ArrayList<>();
            into.between(() -> {
                scripts[0]++;
                if (scripts[0] == lastKept) {
                    replica.add(new Kept(versions.direct(2), VERSION + node));
                } else if (scripts[0] == lastKept + lost) {
                    replica.getFirst().takesOver();
                }
            });
            Map<Integer, Position> taken = untilDone(into, piece);
            assertThat(scripts[0]).as("seed %s", seed).isGreaterThanOrEqualTo(lastKept + lost);
            if (isTold()) {
                // It was lost at the very end.
                taken = versions.takeOver();
            }

            versions.played(2).handleAll(events, taken, random);
            versions.played(3).handleAll(events, Map.of(), random);
            versions.sameAsWhole(node + " seed " + seed, 2);
        }
    }

    private boolean isTold() {
        try {
            writer(() -> false).checkpoint(0);
            return false;
        } catch (LeaderboardsStoreException e) {
            return true;
        }
    }

    private Map<Integer, Position> untilDone(FailingRedis into, int piece) {
        for (int tries = 0; tries < 10; tries++) {
            try {
                return versions.takeOver(into, piece);
            } catch (LeaderboardsStoreException e) {
                // It is noticed: the next time brings what is gone.
            }
        }
        throw new AssertionError("nothing is lost any more, and still it does not come to its end");
    }

    @Test
    void the_end_of_a_board_that_is_lost_just_after_it_was_taken_over_is_told_and_brought_again() {
        List<Happening> events = History.of(4, 400).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Keys.Board board = takenOverHalf().board();

        assertThat(versions.direct(2).count(versions.direct(2).keys().meta(board)))
                .as("it looks as if it were there")
                .isPositive();
        assertThatThrownBy(() -> writer(() -> false).checkpoint(0))
                .isInstanceOf(LeaderboardsStoreException.class)
                .hasMessageContaining("taken over");
        Map<Integer, Position> taken = versions.takeOver();
        versions.played(2).handleAll(events, taken, new Random(2));
        versions.played(3).handleAll(events, Map.of(), new Random(3));
        versions.sameAsWhole("brought again", 2);
    }

    @Test
    void the_end_of_a_board_that_is_lost_later_is_told_and_counted_again_when_the_replay_is_over() {
        List<Happening> events = History.of(4, 400).events();
        Played live = versions.played(1);
        live.handleAll(events.subList(0, 300), Map.of(), new Random(1));
        Half half = takenOverHalf();
        Map<Integer, Position> taken = versions.takeOver();
        live.handleAll(events, Map.of(), new Random(1));
        versions.played(2).handleAll(events, taken, new Random(2));
        half.replica().takesOver();

        assertThatThrownBy(() -> writer(() -> false).checkpoint(0)).isInstanceOf(LeaderboardsStoreException.class);
        versions.played(2).handleAll(events, Map.of(), new Random(3));
        versions.played(3).handleAll(events, Map.of(), new Random(4));
        versions.sameAsWhole("counted again", 2);
        assertThat(writer(() -> true).checkpoint(0)).as("and that is all").isNotNull();
    }

    /** A board as it was in the midst of being taken over. */
    private record Half(Keys.Board board, Kept replica) {}

    /** Takes over, and has the node of a board lose what it was told last. */
    private Half takenOverHalf() {
        String id = new GameRegistry(versions.direct(1), GAME)
                .config()
                .boards()
                .iterator()
                .next();
        Keys.Board board = new Keys.Board(GAME, id);
        Redis direct = versions.direct(2);
        FailingRedis into = versions.filled();
        List<Kept> replica = new ArrayList<>();
        into.between(() -> {
            if (replica.isEmpty() && direct.count(direct.keys().changed(board)) == 3) {
                replica.add(
                        new Kept(direct, Bytes.text(direct.keys().meta(board)).replace(":meta", ":*")));
            }
        });
        versions.takeOver(into, 5);
        replica.getFirst().takesOver();
        return new Half(board, replica.getFirst());
    }

    @Test
    void what_waits_is_told_and_brought_again_too() {
        List<Happening> events = History.of(4, 400).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Redis live = versions.direct(1);
        UUID stream = new UUID(1, 1);
        live.put(live.keys().parked(0), Map.of(Bytes.of("7.5"), Bytes.of(stream + "|0|test")));
        LeftOut leftOut = new LeftOut(Set.of(TwoVersions.REBUILT), parked -> OptionalInt.of(GAME));
        Redis built = versions.direct(2);
        Kept replica = new Kept(built, VERSION + "{partition-0}:*");
        LeaderboardsTakeOver.run(versions.redis, 2, 1, leftOut);
        replica.takesOver();

        assertThat(writer(() -> false).quarantined(0)).isEmpty();
        assertThatThrownBy(() -> writer(() -> false).checkpoint(1)).isInstanceOf(LeaderboardsStoreException.class);
        LeaderboardsTakeOver.run(versions.redis, 2, 1, leftOut);
        assertThat(writer(() -> false).quarantined(0)).hasSize(1);
        assertThat(writer(() -> false).checkpoint(1)).isNull();
    }

    private LeaderboardsWriter writer(BooleanSupplier takesAnew) {
        return new LeaderboardsWriter(
                versions.redis, 2, Partitions.COUNT, Clock.systemUTC(), BoardRules.NONE, takesAnew);
    }

    /** The other partition has written nothing to it since: its checkpoint does not speak of it. */
    @Test
    void a_board_that_is_taken_away_for_one_partition_is_counted_again_by_those_too_that_were_taken_over() {
        LeaderboardsWriter live = ofTwo(1);
        count(live, 0, null, 5, 3);
        count(live, 1, null, 7, 4);
        LeaderboardsTakeOver.run(versions.redis, 2, 1, LeftOut.NOTHING);
        LeaderboardsWriter built = ofTwo(2);
        built.checkpoint(0);
        built.checkpoint(1);
        ParkedEvent late = new ParkedEvent(at(11).position(), Board.player(0), 2, "handler.failed");
        assertThat(built.commit(built.begin(), 0, null, at(11), List.of(late))).isTrue();
        assertThat(built.commit(built.begin(), 1, null, at(11), List.of())).isTrue();
        Kept replica = new Kept(versions.direct(2), VERSION + "{1:sum}:*");
        LeaderboardsBatch released = built.begin();
        score(released, 0, 9, 11);
        assertThat(built.commit(released, 0, at(11), at(11), List.of(), List.of(late)))
                .isTrue();
        replica.takesOver();

        assertThat(built.checkpoint(0)).isNull();
        count(built, 0, null, 5, 3);
        assertThat(built.checkpoint(1)).isNull();
        count(built, 1, null, 7, 4);
        LeaderboardsBatch next = built.begin();
        score(next, 0, 9, 11);
        assertThat(built.commit(next, 0, at(10), at(11), List.of())).isTrue();
        assertThat(new LeaderboardsReader(versions.redis, () -> 2)
                                .page(Board.GAME, "sum", rule(), Period.ALL_TIME, PageRequest.first(9))
                                .orElseThrow()
                                .entries()
                                .stream()
                                .map(entry -> Board.number(entry) + ":" + entry.score()))
                .containsExactly("0:14", "1:7");
    }

    private LeaderboardsWriter ofTwo(int version) {
        LeaderboardsWriter writer =
                new LeaderboardsWriter(versions.redis, version, 2, Clock.fixed(Board.NOW, ZoneOffset.UTC));
        writer.checkpoint(0);
        return writer;
    }

    private static void count(
            LeaderboardsWriter writer, int partition, @Nullable Checkpoint expected, long score, long position) {
        LeaderboardsBatch batch = writer.begin();
        batch.zone(Board.GAME, ZoneId.of("UTC"), at(1).position());
        batch.board(Board.GAME, "sum", "SUM", "DESC", "NEVER", at(2).position());
        score(batch, partition, score, position);
        assertThat(writer.commit(batch, partition, expected, at(10), List.of())).isTrue();
    }

    private static void score(LeaderboardsBatch batch, int player, long score, long position) {
        batch.score(
                Board.GAME,
                Board.player(player),
                "sum",
                score,
                Board.NOW,
                at(position).position(),
                Board.NOW);
    }

    private static BoardRule rule() {
        return new BoardRule(Operator.SUM, BoardRule.SortOrder.DESC, BoardRule.Reset.NEVER, ZoneId.of("UTC"));
    }

    private static Checkpoint at(long number) {
        return new Checkpoint(new Position(3, number), Board.NOW, number, number, number);
    }
}
