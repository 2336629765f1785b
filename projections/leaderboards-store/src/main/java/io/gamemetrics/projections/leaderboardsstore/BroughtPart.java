package io.gamemetrics.projections.leaderboardsstore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * One part of what is taken over, as one process brings it, a script at a time: what waits on a partition, a game, or a board.
 * Each lies on one node. A node that fails over has what it was told, in order, up to some moment, so the scripts are counted
 * beside what they write, and a mark is written last: as long as it is there, all of the part is. Used by one thread.
 */
final class BroughtPart {

    /** The field of the mark. Those in which is counted begin with it too. */
    static final String TAKEN = "taken";

    private final Redis into;
    private final byte[] hash;
    private final byte[] run = Bytes.of(TAKEN + ":" + UUID.randomUUID());
    private long scripts;

    /** @param hash in which it is counted and marked */
    BroughtPart(Redis into, byte[] hash) {
        this.into = into;
        this.hash = hash;
    }

    /**
     * Brings some of it.
     *
     * @param script one that begins with {@code take.lua}
     * @param keys the first is the part's hash
     * @return whether there was anything to bring
     * @throws LeaderboardsStoreException when some of what was brought is gone
     */
    boolean run(RedisScript<Long> script, List<byte[]> keys, List<byte[]> arguments) {
        List<byte[]> all = new ArrayList<>(List.of(run, Bytes.of(scripts)));
        all.addAll(arguments);
        long begun = System.nanoTime();
        Long answer = into.run(script, keys, all);
        // As long again: at least half of what Redis can do is left to those who ask and write.
        LockSupport.parkNanos(System.nanoTime() - begun);
        if (answer == null || answer < 0) {
            throw new LeaderboardsStoreException("some of what was taken over so far is gone");
        }
        if (answer == 0) {
            return false;
        }
        scripts++;
        return true;
    }

    /** Marks that all of it is there. */
    void finish(String id) {
        List<byte[]> arguments = new ArrayList<>(List.of(Bytes.of(id)));
        into.fields(hash).stream()
                .filter(field -> Bytes.text(field).startsWith(TAKEN + ":"))
                .forEach(arguments::add);
        run(Scripts.TAKEN, List.of(hash), arguments);
    }
}
