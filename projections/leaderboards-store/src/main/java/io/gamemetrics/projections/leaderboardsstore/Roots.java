package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition's checkpoint as it was read, and beside it how far each board and each game had come on that partition when
 * it was written. What these speak of lies elsewhere, in a cluster on other nodes: a board that has come less far was
 * lost, altogether or in part.
 *
 * @param fields of the checkpoint's hash
 */
record Roots(int partition, Map<String, String> fields) {

    private static final String CHECKPOINT = "checkpoint";
    private static final String GAME = "game:";
    static final String BOARD = "board:";

    static Roots read(Redis redis, int partition) {
        return new Roots(partition, redis.all(redis.keys().checkpoint(partition)));
    }

    static String of(int game) {
        return GAME + game;
    }

    static String of(Keys.Board board) {
        return BOARD + board.game() + ":" + board.id();
    }

    /** The field in which a board, and a game, keep how far they have come on a partition. */
    static byte[] field(int partition) {
        return Bytes.of("at:" + partition);
    }

    @Nullable
    String checkpoint() {
        return fields.get(CHECKPOINT);
    }

    /** Whether everything is there, as new as it was. Looks at every board. */
    boolean areIn(Redis redis) {
        return fields.keySet().stream().filter(name -> !name.equals(CHECKPOINT)).allMatch(root -> {
            byte[] at = redis.get(keyOf(redis.keys(), root), field(partition));
            return !isLost(root, at == null ? null : Bytes.text(at));
        });
    }

    /**
     * Holds how far a root has come against how far it had.
     *
     * @throws BoardLostException when it is less
     */
    void require(String root, @Nullable String found) {
        if (isLost(root, found)) {
            throw new BoardLostException(root);
        }
    }

    /** What a root had come to already it does not lose by older events that are applied late. */
    void keepFurther(Map<String, Position> reached) {
        reached.replaceAll((root, position) -> {
            String known = fields.get(root);
            return known != null && Position.parse(known).number() > position.number()
                    ? Position.parse(known)
                    : position;
        });
    }

    /** Whether a root has come less far than it had. */
    boolean isLost(String root, @Nullable String found) {
        String known = fields.get(root);
        return known != null
                && (found == null
                        || Position.parse(found).number()
                                < Position.parse(known).number());
    }

    static byte[] keyOf(Keys keys, String root) {
        if (root.startsWith(GAME)) {
            return keys.config(Integer.parseInt(root.substring(GAME.length())));
        }
        int colon = root.indexOf(':', BOARD.length());
        int game = Integer.parseInt(root.substring(BOARD.length(), colon));
        return keys.meta(new Keys.Board(game, root.substring(colon + 1)));
    }
}
