package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partition's checkpoint as it was read, and beside it how far each board and each game had come on that partition when
 * it was written, and how often events were written to them that had been parked: those lie before what they have come to. What
 * these speak of lies elsewhere, in a cluster on other nodes: a board that has come less far, or has fewer of those, was
 * lost, altogether or in part.
 *
 * @param fields of the checkpoint's hash
 * @param released how often late events were written, by root
 */
record Roots(int partition, Map<String, String> fields, Map<String, String> released) {

    private static final String CHECKPOINT = "checkpoint";
    private static final String GAME = "game:";
    static final String BOARD = "board:";

    /** What a field begins with in which a board, and a game, count how often late events of a partition were written. */
    static final String RELEASED = "released:";

    static Roots read(Redis redis, int partition) {
        return new Roots(
                partition,
                redis.all(redis.keys().checkpoint(partition)),
                redis.all(redis.keys().released(partition)));
    }

    /** The checkpoint alone; absent before the first batch. */
    static @Nullable Checkpoint checkpoint(Redis redis, int partition) {
        return CheckpointText.parse(Bytes.textOf(redis.get(redis.keys().checkpoint(partition), Bytes.of(CHECKPOINT))));
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

    /** The field in which they count how often late events of a partition were written. */
    static byte[] releasedField(int partition) {
        return Bytes.of(RELEASED + partition);
    }

    @Nullable
    String checkpoint() {
        return fields.get(CHECKPOINT);
    }

    /** Whether everything is there, as new as it was. Looks at every board. */
    boolean areIn(Redis redis) {
        return fields.keySet().stream().filter(name -> !name.equals(CHECKPOINT)).allMatch(root -> isIn(redis, root));
    }

    /** Whether a root is there, as new as it was. */
    boolean isIn(Redis redis, String root) {
        List<byte @Nullable []> found =
                redis.get(keyOf(redis.keys(), root), List.of(field(partition), releasedField(partition)));
        return !isLost(root, Bytes.textOf(found.get(0)), Bytes.textOf(found.get(1)));
    }

    /** Whether a root has fewer late events than it had. */
    boolean hasLostReleases(Redis redis, String root) {
        return isReleaseLost(root, Bytes.textOf(redis.get(keyOf(redis.keys(), root), releasedField(partition))));
    }

    /** Whether a name is one of a board's or a game's. */
    static boolean isRoot(String name) {
        return name.startsWith(GAME) || name.startsWith(BOARD);
    }

    /**
     * Holds how far a root has come against how far it had.
     *
     * @param times how often late events were written to it, as it says; absent: never
     * @throws BoardLostException when it is less
     */
    void require(String root, @Nullable String found, @Nullable String times) {
        if (isLost(root, found, times)) {
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

    private boolean isLost(String root, @Nullable String found, @Nullable String times) {
        String known = fields.get(root);
        boolean isBehind = known != null
                && (found == null
                        || Position.parse(found).number()
                                < Position.parse(known).number());
        return isBehind || isReleaseLost(root, times);
    }

    private boolean isReleaseLost(String root, @Nullable String times) {
        String known = released.get(root);
        return known != null && Long.parseLong(times == null ? "0" : times) < Long.parseLong(known);
    }

    static byte[] keyOf(Keys keys, String root) {
        return boardOf(root)
                .map(keys::meta)
                .orElseGet(() -> keys.config(Integer.parseInt(root.substring(GAME.length()))));
    }

    /** The board a root is; absent where it is a game. */
    static Optional<Keys.Board> boardOf(String root) {
        if (root.startsWith(GAME)) {
            return Optional.empty();
        }
        int colon = root.indexOf(':', BOARD.length());
        int game = Integer.parseInt(root.substring(BOARD.length(), colon));
        return Optional.of(new Keys.Board(game, root.substring(colon + 1)));
    }
}
