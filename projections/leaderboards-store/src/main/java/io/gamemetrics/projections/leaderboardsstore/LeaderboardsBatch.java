package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of one partition, kept in memory in order until {@link LeaderboardsWriter#commit}. Used by one thread. */
public final class LeaderboardsBatch {

    private static final long MAX_SCORE = (1L << 53) - 1;

    /** What scripts hold exactly in six bytes. */
    private static final long MAX_MOMENT_OR_POSITION = (1L << 48) - 1;

    private final Map<Integer, GameChanges> games = new TreeMap<>();
    private final Map<UUID, Erased> erased = new TreeMap<>();

    LeaderboardsBatch() {}

    /** A game's time zone, as it was created with or changed to. */
    public void zone(int gameNumber, ZoneId zone, Position at) {
        checked(at);
        game(gameNumber).zones.add(new Zone(zone, at));
    }

    /**
     * A board's rule, for the first time or anew.
     *
     * @param operator {@code BEST}, {@code LATEST}, {@code SUM} or {@code COUNT}
     * @param order {@code DESC} or {@code ASC}
     * @param reset {@code NEVER}, {@code DAILY}, {@code WEEKLY} or {@code MONTHLY}
     */
    public void board(int gameNumber, String boardId, String operator, String order, String reset, Position at) {
        BoardRule.Operator.valueOf(operator);
        BoardRule.SortOrder.valueOf(order);
        BoardRule.Reset.valueOf(reset);
        game(gameNumber).boards.add(new Definition(boardId, operator, order, reset, at));
        checked(at);
    }

    /** A score; one of a board that was not defined before it counts nowhere. */
    public void score(
            int gameNumber,
            UUID player,
            String boardId,
            long score,
            Instant occurredAt,
            Position at,
            Instant storedAt) {
        if (Math.abs(score) > MAX_SCORE) {
            throw new IllegalArgumentException("a score must be within ±(2^53−1)");
        }
        long millis = occurredAt.toEpochMilli();
        if (millis < 0 || millis > MAX_MOMENT_OR_POSITION) {
            throw new IllegalArgumentException("a score must occur after 1970 and before 10889: millis=" + millis);
        }
        checked(at);
        game(gameNumber).operations.add(new Operation.Score(boardId, player, score, occurredAt, at, storedAt));
    }

    /** What {@code player} scored and will score counts for {@code person}. */
    public void linked(int gameNumber, UUID player, Pseudonym person, Position at, Instant storedAt) {
        checked(at);
        game(gameNumber).operations.add(new Operation.Link(player, person.value(), at, storedAt));
    }

    /**
     * A player is banned, or a ban is lifted. A ban from one board and the ban from all are apart; while one holds, the
     * player, and the person they count for, is in no list, and goes on being counted.
     *
     * @param boardId absent: all boards, also those that are defined later
     */
    public void banned(
            int gameNumber, UUID player, @Nullable String boardId, boolean banned, Position at, Instant storedAt) {
        checked(at);
        game(gameNumber).operations.add(new Operation.Ban(boardId, player, banned, at, storedAt));
    }

    /** Nothing of this player counts, here and in every board; those linked to them are persons of their own again. */
    public void erased(int gameNumber, UUID player, Position at) {
        checked(at);
        game(gameNumber)
                .operations
                .removeIf(operation -> operation.player().equals(player)
                        || (operation instanceof Operation.Link link
                                && link.person().equals(player)));
        erased.put(player, new Erased(gameNumber, at));
    }

    /** Players of whom nothing is to be left. */
    Map<UUID, Erased> erased() {
        return erased;
    }

    /** The changes by game. */
    Map<Integer, GameChanges> games() {
        return games;
    }

    private GameChanges game(int gameNumber) {
        return games.computeIfAbsent(gameNumber, number -> new GameChanges());
    }

    private static void checked(Position at) {
        if (at.number() > MAX_MOMENT_OR_POSITION) {
            throw new IllegalArgumentException("a position must be below 2^48: " + at);
        }
    }

    /** What a batch changes in one game, in order. */
    static final class GameChanges {
        final List<Zone> zones = new ArrayList<>();
        final List<Definition> boards = new ArrayList<>();
        final List<Operation> operations = new ArrayList<>();

        <O extends Operation> List<O> operations(Class<O> kind) {
            return operations.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** In which game somebody was erased, and where that stands. */
    record Erased(int game, Position at) {}

    record Zone(ZoneId zone, Position at) {}

    record Definition(String boardId, String operator, String order, String reset, Position at) {}
}
