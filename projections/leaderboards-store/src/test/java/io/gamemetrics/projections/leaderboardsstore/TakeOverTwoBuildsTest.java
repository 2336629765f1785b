package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions that a build took over, or came to the end of, which wrote no marks. */
class TakeOverTwoBuildsTest {

    /** So many bring what waits, a game and the beginning of its first board. */
    private static final int SCRIPTS_BEFORE_VALUES = 14;

    private final TwoVersions versions = new TwoVersions();
    private final List<Happening> events = History.of(4, 400).events();

    @BeforeEach
    void play() {
        versions.played(1).handleAll(events, Map.of(), new Random(1));
    }

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void a_version_that_was_taken_over_by_a_build_without_marks_is_as_whole_as_it_was() {
        Map<Integer, Position> taken = versions.takeOver();
        Redis built = versions.direct(2);
        built.remove(built.keys().takenOver(), Bytes.of(TakenOver.ID));
        endWithoutMarks(built);
        versions.played(2).handleAll(events, taken, new Random(2));

        assertThat(writer(() -> false).checkpoint(0)).isNotNull();
        assertThat(versions.takeOver()).isEqualTo(taken);
    }

    /** What was waiting is marked, games and boards are not. */
    @Test
    void so_is_one_that_such_a_build_came_to_the_end_of_that_did_not_begin_it() {
        Map<Integer, Position> taken = versions.takeOver();
        Redis built = versions.direct(2);
        endWithoutMarks(built);

        assertThat(TakenOver.read(built).lost()).isEmpty();
        assertThat(writer(() -> false).checkpoint(0)).as("not begun").isNull();
        versions.played(2).handleAll(events, taken, new Random(2));
        assertThat(writer(() -> false).checkpoint(0)).isNotNull();
        assertThat(versions.takeOver()).isEqualTo(taken);
        versions.played(3).handleAll(events, Map.of(), new Random(3));
        versions.sameAsWhole("of two builds", 2);

        built.delete(metaOf(anyBoard(built)));
        assertThatThrownBy(() -> writer(() -> false).checkpoint(0))
                .as("what is gone is told")
                .isInstanceOf(LeaderboardsStoreException.class);
    }

    @Test
    void what_is_lost_of_it_before_it_begins_is_brought_again_and_all_is_marked_from_then_on() {
        versions.takeOver();
        Redis built = versions.direct(2);
        endWithoutMarks(built);
        Keys.Board board = anyBoard(built);
        built.delete(metaOf(board));
        FailingRedis killed = versions.filled();
        killed.failAfter(SCRIPTS_BEFORE_VALUES, false);
        assertThatThrownBy(() -> versions.takeOver(killed, 5)).isInstanceOf(LeaderboardsStoreException.class);
        assertThat(built.count(metaOf(board))).as("some of it is there").isPositive();
        assertThat(TakenOver.read(built).lost())
                .as("and is not held to be whole")
                .contains(Roots.of(board));
        Map<Integer, Position> taken = versions.takeOver();

        assertThat(TakenOver.read(built).id()).isNotNull();
        assertThat(TakenOver.read(built).lost()).isEmpty();
        built.remove(metaOf(board), Bytes.of(BroughtPart.TAKEN));
        assertThat(TakenOver.read(built).lost()).containsExactly(Roots.of(board));
        assertThat(versions.takeOver()).isEqualTo(taken);
        versions.played(2).handleAll(events, taken, new Random(2));
        versions.played(3).handleAll(events, Map.of(), new Random(3));
        versions.sameAsWhole("brought again", 2);
    }

    /** As that build does: it notes each game and board, and the end. */
    private static void endWithoutMarks(Redis built) {
        List<String> roots = TakenOver.read(built).roots().toList();
        assertThat(roots).hasSizeGreaterThan(2);
        roots.forEach(root -> built.remove(Roots.keyOf(built.keys(), root), Bytes.of(BroughtPart.TAKEN)));
        built.put(built.keys().takenOver(), Map.of(Bytes.of(TakenOver.DONE), Bytes.of(1)));
    }

    private static Keys.Board anyBoard(Redis built) {
        int game = History.GAMES.getFirst();
        return new Keys.Board(
                game, new GameRegistry(built, game).config().boards().iterator().next());
    }

    private byte[] metaOf(Keys.Board board) {
        return versions.direct(2).keys().meta(board);
    }

    private LeaderboardsWriter writer(BooleanSupplier takesAnew) {
        return new LeaderboardsWriter(
                versions.redis, 2, Partitions.COUNT, Clock.systemUTC(), BoardRules.NONE, takesAnew);
    }
}
