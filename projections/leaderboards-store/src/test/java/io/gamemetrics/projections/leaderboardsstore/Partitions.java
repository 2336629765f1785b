package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a history to the store as the runner does: each partition at its own pace, in batches of any size, beginning again
 * from the checkpoint after each failure.
 */
final class Partitions {

    static final int COUNT = 3;

    private static final int MAX_BATCH = 120;

    private final List<Happening> history;
    private final Random random;
    private final FailingRedis redis;
    private final LeaderboardsWriter writer;
    private final @Nullable Checkpoint[] at = new Checkpoint[COUNT];

    Partitions(LeaderboardsRedis address, List<Happening> history, Random random) {
        this.history = history;
        this.random = random;
        this.redis = new FailingRedis(address);
        this.writer = new LeaderboardsWriter(redis, COUNT, Clock.fixed(History.storedAt(0), ZoneOffset.UTC));
        begin();
    }

    /** As after a start: all go on from what the store has. */
    void begin() {
        for (int partition = 0; partition < COUNT; partition++) {
            begin(partition);
        }
    }

    private void begin(int partition) {
        at[partition] = writer.checkpoint(partition);
    }

    boolean areDone() {
        for (int partition = 0; partition < COUNT; partition++) {
            if (done(partition) < history.size()) {
                return false;
            }
        }
        return true;
    }

    /** One batch of one partition, with or without a failure in it. */
    void step() {
        int partition = random.nextInt(COUNT);
        int from = done(partition);
        int to = Math.min(history.size(), from + 1 + random.nextInt(MAX_BATCH));
        if (random.nextInt(6) == 0) {
            redis.failAfter(random.nextInt(6), random.nextBoolean());
        } else if (random.nextInt(10) == 0) {
            // Another instance, still busy with what this one takes over in the midst of it.
            int further = Math.min(history.size(), from + 1 + random.nextInt(MAX_BATCH));
            redis.meanwhile(random.nextInt(4), () -> commit(partition, from, further));
        }
        try {
            if (!commit(partition, from, to)) {
                begin(partition);
            }
        } catch (LeaderboardsStoreException e) {
            begin(partition);
        } finally {
            redis.heal();
        }
    }

    private boolean commit(int partition, int from, int to) {
        LeaderboardsBatch batch = writer.begin();
        for (int i = from; i < to; i++) {
            UUID player = history.get(i).player();
            if (player == null || Math.floorMod(player.hashCode(), COUNT) == partition) {
                history.get(i).into(batch, new Position(7, i + 1), History.storedAt(i + 1));
            }
        }
        Checkpoint next = new Checkpoint(new Position(7, to), History.storedAt(to), to, to, -to);
        boolean isWritten = writer.commit(batch, partition, at[partition], next, List.of());
        if (isWritten) {
            at[partition] = next;
        }
        return isWritten;
    }

    private int done(int partition) {
        Checkpoint checkpoint = at[partition];
        return checkpoint == null ? 0 : (int) checkpoint.position().number();
    }
}
