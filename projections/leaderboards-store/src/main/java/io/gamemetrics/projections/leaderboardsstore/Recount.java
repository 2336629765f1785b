package io.gamemetrics.projections.leaderboardsstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Has a partition counted from its beginning, after Redis has lost something of it. Boards leave out what they have. One that
 * has lost events which had come late, or some of what was taken over, can't tell what it has: it is taken away as a whole. Nobody is shown boards in which
 * another partition is missing that has not noticed so far.
 */
final class Recount {

    private static final int MOST_TRIES = 100;

    private final Redis redis;
    private final int partitions;
    private final BooleanSupplier takesAnew;

    /**
     * @param partitions of the stream
     * @param takesAnew whether what was taken over from another version is counted too; once true it stays so
     */
    Recount(Redis redis, int partitions, BooleanSupplier takesAnew) {
        this.redis = redis;
        this.partitions = partitions;
        this.takesAnew = takesAnew;
    }

    /**
     * Whether all is there that was taken over from another version, if anything was: no partition's checkpoint speaks of a board
     * before something is written to it.
     */
    boolean hasWhatWasTakenOver() {
        return TakenOver.read(redis).lost().isEmpty();
    }

    /**
     * May be broken off, and done again.
     *
     * @throws LeaderboardsStoreException when something was lost that would not come again
     */
    void begin(Roots roots, Instant now) {
        int partition = roots.partition();
        TakenOver taken = TakenOver.read(redis);
        if (!takesAnew.getAsBoolean() && (!taken.lost().isEmpty() || isGoneFor(taken, roots))) {
            throw new LeaderboardsStoreException(
                    "Redis has lost something that was taken over from another version, and is"
                            + " not counted again in this one: roll the replay back or cancel it, and begin another.");
        }
        Readiness.begin(redis, partition, partitions, now);
        roots.released().forEach((root, times) -> Roots.boardOf(root)
                .ifPresent(board -> takeAway(board, Integer.toString(partition), times)));
        // With what was taken away just now.
        List<String> lost = taken.lost();
        for (int other : Readiness.partitions(redis)) {
            if (other != partition
                    && !(lost.isEmpty() && Roots.read(redis, other).areIn(redis))) {
                Readiness.begin(redis, other, partitions, now);
            }
            if (!lost.isEmpty()) {
                // It could not tell, once the board is there again.
                redis.delete(redis.keys().checkpoint(other));
            }
        }
        redis.delete(redis.keys().checkpoint(partition));
        redis.delete(redis.keys().released(partition));
        if (!lost.isEmpty()) {
            taken.boardsToCount(lost).forEach(board -> takeAway(board, "", "0"));
            forget(taken);
        }
    }

    /**
     * What was lost is no more than what any board is: from here on partitions' own checkpoints speak of it. Else each partition
     * that notices would take the others' checkpoints away again, until the board is there.
     */
    private void forget(TakenOver taken) {
        redis.put(redis.keys().takenOver(), Map.of(Bytes.of(TakenOver.COUNTED_AGAIN), Bytes.of(1)));
        taken.lost().forEach(part -> redis.remove(redis.keys().takenOver(), Bytes.of(part)));
    }

    /** What leaves out something would leave out what is not there any more, or not for long. */
    private boolean isGoneFor(TakenOver taken, Roots roots) {
        return taken.isCountedAgain()
                || !taken.isDone()
                || taken.roots().anyMatch(root -> roots.hasLostReleases(redis, root));
    }

    /** @param partition whose late events it may have lost; empty: it has lost something else */
    private void takeAway(Keys.Board board, String partition, String times) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<byte[]> keys = new ArrayList<>(redis.keys().ofScripts(board));
            List<byte[]> arguments = new ArrayList<>(List.of(Bytes.of(partition), Bytes.of(times)));
            for (byte[] period : redis.fields(redis.keys().changed(board))) {
                keys.add(redis.keys().rank(board, Bytes.text(period)));
                keys.add(redis.keys().state(board, Bytes.text(period)));
                arguments.add(period);
            }
            Long answer = redis.run(Scripts.LOST, keys, arguments);
            if (answer != null && answer >= 0) {
                return;
            }
        }
        throw new LeaderboardsStoreException("board " + board.id() + " of game " + board.game()
                + " begins new periods faster than it can be taken away");
    }
}
