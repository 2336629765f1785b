package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Reads boards. Safe for concurrent use. Every method throws {@link LeaderboardsStoreException} when Redis can't be asked.
 * What is being rebuilt reads as absent, never as empty.
 */
public final class LeaderboardsReader {

    /** How many entries are given at once at most. */
    public static final int MAX_ENTRIES = 200;

    private static final List<byte[]> NOWHERE = List.of(new byte[0], new byte[0], new byte[0]);

    private final LeaderboardsRedis address;
    private final IntSupplier version;
    private final Map<Integer, Redis> versions = new ConcurrentHashMap<>();

    /** Reads version 1. */
    public LeaderboardsReader(LeaderboardsRedis redis) {
        this(redis, () -> 1);
    }

    /** @param version which of the read model's versions is read, asked for each question */
    public LeaderboardsReader(LeaderboardsRedis redis, IntSupplier version) {
        this.address = redis;
        this.version = version;
    }

    private Redis redis() {
        return versions.computeIfAbsent(version.getAsInt(), number -> new Redis(address, number));
    }

    /**
     * A board.
     *
     * @return absent where the game has no such board. While boards are rebuilt nobody knows that: then every board is
     *     there, and is being rebuilt
     */
    public Optional<Leaderboard> board(int gameNumber, String boardId) {
        Redis redis = redis();
        boolean isComplete = Readiness.isComplete(redis);
        GameConfig config = new GameRegistry(redis, gameNumber).config();
        Optional<BoardRule> wanted = config.latestRuleOf(boardId);
        if (isComplete && wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<BoardRule> counted = LeaderboardsRules.countedBy(redis, new Keys.Board(gameNumber, boardId));
        BoardRule rule = counted.or(() -> config.ruleOf(boardId)).orElse(null);
        boolean needsReplay = wanted.isPresent() && !wanted.get().equals(rule);
        return Optional.of(new Leaderboard(boardId, rule, needsReplay, !isComplete || counted.isEmpty()));
    }

    /**
     * Part of a period's list.
     *
     * @param rule the board's, as {@link #board} gave it
     * @return absent when the board was lost meanwhile
     */
    public Optional<Page> page(int gameNumber, String boardId, BoardRule rule, Period period, PageRequest request) {
        Redis redis = redis();
        Keys.Board board = new Keys.Board(gameNumber, boardId);
        List<byte[]> arguments = new ArrayList<>(List.of(
                Bytes.of(period.toString()), Bytes.of(request.most()), Bytes.of(request.fromEnd() ? "last" : "first")));
        arguments.addAll(place(request.after()));
        arguments.addAll(place(request.before()));
        return ask(redis, Scripts.PAGE, board, rule, arguments, redis.keys().rank(board, period.toString()))
                .map(answer -> {
                    long total = answer.number(0);
                    long from = answer.number(1);
                    List<Entry> entries = answer.entries(3, from + 1, total);
                    return new Page(entries, total, from > 0, from + entries.size() < total, answer.moment(2));
                });
    }

    /**
     * Where a player's person stands, and {@code most} entries around.
     *
     * @param rule the board's, as {@link #board} gave it
     * @return absent when the board was lost meanwhile
     */
    public Optional<Standing> standing(
            int gameNumber, String boardId, BoardRule rule, Period period, Pseudonym player, int most) {
        Redis redis = redis();
        Keys.Board board = new Keys.Board(gameNumber, boardId);
        // A board that was defined after the player was linked may not know of it.
        byte[] person = redis.get(redis.keys().links(gameNumber), Bytes.of(player.value()));
        List<byte[]> arguments = List.of(
                Bytes.of(period.toString()),
                person == null ? Bytes.of(player.value()) : person,
                Bytes.of(Math.min(Math.max(most, 1), MAX_ENTRIES)));
        String name = period.toString();
        return ask(
                        redis,
                        Scripts.PLACE,
                        board,
                        rule,
                        arguments,
                        redis.keys().rank(board, name),
                        redis.keys().state(board, name))
                .map(answer -> {
                    long total = answer.number(0);
                    long index = answer.number(1);
                    long from = answer.number(2);
                    List<Entry> around = answer.entries(4, from + 1, total);
                    return new Standing(
                            index < 0 ? Optional.empty() : Optional.of(around.get((int) (index - from))), around);
                });
    }

    /**
     * How far all boards have come: everything at or before the position, and everything stored before {@code asOf}, is in
     * them. Absent while they are being rebuilt.
     */
    public Optional<Reached> reached() {
        Redis redis = redis();
        if (!Readiness.isComplete(redis)) {
            return Optional.empty();
        }
        Reached least = null;
        for (int partition : Readiness.partitions(redis)) {
            Checkpoint checkpoint = Roots.checkpoint(redis, partition);
            if (checkpoint == null) {
                return Optional.empty();
            }
            least = least == null
                    ? new Reached(checkpoint.position(), checkpoint.asOf())
                    : least.orEarlier(checkpoint.position(), checkpoint.asOf());
        }
        return Optional.ofNullable(least);
    }

    /** Whether any partition was ever begun to be counted; not in an empty Redis. */
    public boolean hasBegun() {
        return !Readiness.partitions(redis()).isEmpty();
    }

    /** @param asOf by the publisher's clock */
    public record Reached(Position position, Instant asOf) {

        private Reached orEarlier(Position other, Instant at) {
            return new Reached(other.number() < position.number() ? other : position, at.isBefore(asOf) ? at : asOf);
        }
    }

    private static Optional<ListAnswer> ask(
            Redis redis,
            RedisScript<List<?>> script,
            Keys.Board board,
            BoardRule rule,
            List<byte[]> arguments,
            byte[]... keys) {
        List<byte[]> all = new ArrayList<>(redis.keys().ofScripts(board));
        all.addAll(List.of(keys));
        return Optional.ofNullable(redis.run(script, all, arguments)).map(answer -> new ListAnswer(answer, rule));
    }

    private static List<byte[]> place(@Nullable Cursor cursor) {
        return cursor == null
                ? NOWHERE
                : List.of(
                        Bytes.of(String.format(Locale.ROOT, "%.0f", cursor.standing())),
                        Bytes.of(cursor.achievedAtMillis()),
                        Bytes.of(cursor.position()));
    }
}
