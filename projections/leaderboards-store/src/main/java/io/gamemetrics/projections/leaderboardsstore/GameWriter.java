package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch.Definition;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch.GameChanges;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch's changes of one game: first to the game as a whole, then to each board. In this order two partitions
 * can't miss each other: who bans writes the ban and then looks for boards, who makes a board writes it down and then
 * looks for bans.
 */
final class GameWriter {

    private final Redis redis;
    private final Roots roots;
    private final int game;
    private final GameChanges changes;
    private final @Nullable UUID released;
    private final BoardRules rules;

    /**
     * @param released the stream all changes are of, when they were parked until now; absent otherwise
     * @param rules that go before first definitions
     */
    GameWriter(Redis redis, Roots roots, int game, GameChanges changes, @Nullable UUID released, BoardRules rules) {
        this.redis = redis;
        this.rules = rules;
        this.roots = roots;
        this.game = game;
        this.changes = changes;
        this.released = released;
    }

    /**
     * Writes all of it; what was written before is left out.
     *
     * @param reach takes in how far each root has come
     * @throws BoardLostException when Redis has lost something that was written
     * @throws BoardMovedException when another instance writes in this partition's name
     */
    void write(Reach reach) {
        GameRegistry registry = new GameRegistry(redis, game);
        registry.write(changes, roots, released != null, reach);
        GameConfig config = registry.config();
        Map<UUID, UUID> links = registry.personsOf(changes.operations.stream()
                .filter(operation -> !(operation instanceof Operation.Link))
                .map(Operation::player)
                .distinct()
                .toList());
        Map<String, Position> defined = new HashMap<>();
        for (Definition board : changes.boards) {
            defined.putIfAbsent(board.boardId(), board.at());
        }
        byBoard(config).forEach((boardId, operations) -> {
            Keys.Board board = new Keys.Board(game, boardId);
            BoardRule rule =
                    rules.ruleOf(board).or(() -> config.ruleOf(boardId)).orElseThrow();
            BoardWriter writer = new BoardWriter(redis, roots, board, rule, released);
            Position at = defined.get(boardId);
            if (at != null) {
                List<Operation.Ban> bans = registry.bansOn(boardId);
                writer.define(at, bans);
                links.putAll(registry.personsOf(
                        bans.stream().map(Operation.Ban::player).distinct().toList()));
            }
            writer.write(operations, links);
            writer.reached(reach);
        });
    }

    private Map<String, List<Operation>> byBoard(GameConfig config) {
        Map<String, List<Operation>> boards = new TreeMap<>();
        changes.boards.forEach(board -> boards.put(board.boardId(), new ArrayList<>()));
        for (Operation operation : changes.operations) {
            boardsOf(operation, config).forEach(board -> boards.computeIfAbsent(board, id -> new ArrayList<>())
                    .add(operation));
        }
        return boards;
    }

    /** A score that was stored before its board was defined counts nowhere. */
    private static Set<String> boardsOf(Operation operation, GameConfig config) {
        return switch (operation) {
            case Operation.Score score ->
                config.isDefinedBefore(score.boardId(), score.position()) ? Set.of(score.boardId()) : Set.of();
            case Operation.Link link -> config.boards();
            case Operation.Ban ban -> {
                String boardId = ban.boardId();
                if (boardId == null) {
                    yield config.boards();
                }
                yield config.boards().contains(boardId) ? Set.of(boardId) : Set.of();
            }
        };
    }
}
