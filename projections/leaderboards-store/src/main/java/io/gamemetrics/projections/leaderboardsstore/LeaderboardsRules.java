package io.gamemetrics.projections.leaderboardsstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Which rules a version's boards were given last, beside those they are counted by. Safe for concurrent use. Every method
 * throws {@link LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsRules {

    private final Redis redis;

    /** @param version of the boards, from 1 */
    public LeaderboardsRules(LeaderboardsRedis redis, int version) {
        this.redis = new Redis(redis, version);
    }

    /**
     * A board that goes on by another rule than it was given last.
     *
     * @param counted by what it counts
     * @param wanted by what it would count, were it counted anew
     */
    public record Change(int gameNumber, String boardId, BoardRule counted, BoardRule wanted) {

        /** Whether only the game's time zone is another. */
        public boolean isOfZoneAlone() {
            return wanted.equals(new BoardRule(counted.operator(), counted.order(), counted.reset(), wanted.zone()));
        }
    }

    /** Whether anything of the version is there. */
    public boolean hasBegun() {
        return !Readiness.partitions(redis).isEmpty();
    }

    /** What a version that is begun now goes by: of each board the rule it was given last. */
    public BoardRules wanted() {
        Map<Keys.Board, BoardRule> rules = new HashMap<>();
        forEachBoard((board, config) -> config.latestRuleOf(board.id()).ifPresent(rule -> rules.put(board, rule)));
        return BoardRules.ofBoards(rules);
    }

    /**
     * By what those of its boards count that were taken over from another version: by the rule they have there, whatever they
     * were given last. None where nothing was taken over.
     */
    public BoardRules takenOver() {
        Map<Keys.Board, BoardRule> rules = new HashMap<>();
        TakenOver.read(redis)
                .roots()
                .map(Roots::boardOf)
                .flatMap(Optional::stream)
                .forEach(board -> countedBy(redis, board).ifPresent(rule -> rules.put(board, rule)));
        return BoardRules.ofBoards(rules);
    }

    /** The boards that are counted by another rule than they were given last, in no order. */
    public List<Change> changed() {
        List<Change> changes = new ArrayList<>();
        forEachBoard((board, config) -> {
            Optional<BoardRule> counted = countedBy(redis, board);
            Optional<BoardRule> wanted = config.latestRuleOf(board.id());
            if (counted.isPresent() && wanted.isPresent() && !counted.get().equals(wanted.get())) {
                changes.add(new Change(board.game(), board.id(), counted.get(), wanted.get()));
            }
        });
        return changes;
    }

    /** The rule that lies in the board itself; absent before it is made, and when it was lost. */
    static Optional<BoardRule> countedBy(Redis redis, Keys.Board board) {
        return Optional.ofNullable(redis.get(redis.keys().meta(board), Bytes.of("rule")))
                .map(Bytes::text)
                .map(BoardRule::parse);
    }

    private void forEachBoard(BiConsumer<Keys.Board, GameConfig> each) {
        for (byte[] member : redis.members(redis.keys().games())) {
            int game = Integer.parseInt(Bytes.text(member));
            GameConfig config = new GameRegistry(redis, game).config();
            config.boards().forEach(board -> each.accept(new Keys.Board(game, board), config));
        }
    }
}
