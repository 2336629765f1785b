package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One version, fed in batches of any size. A thread a partition. */
public final class FedVersion {

    private final Projection projection;
    private final Map<Integer, Integer> done = new ConcurrentHashMap<>();
    private final Map<Integer, Checkpoint> checkpoints = new ConcurrentHashMap<>();

    /** @param projection writes the version, of which nothing is written yet */
    public FedVersion(Projection projection) {
        this.projection = projection;
    }

    /** Handles what is not handled yet, partition by partition. */
    public void handleAll(ManyGames games, Random random) {
        for (int partition = 0; partition < games.byPartition.size(); partition++) {
            List<Placed> events = games.byPartition.get(partition);
            handle(partition, events, events.size(), random);
        }
    }

    /** Handles what is not handled yet of the first so many of a partition's events. */
    public void handle(int partition, List<Placed> events, int first, Random random) {
        int begin = done.getOrDefault(partition, 0);
        while (begin < first) {
            int end = Math.min(first, begin + 1 + random.nextInt(20));
            handle(partition, events.subList(begin, end));
            begin = end;
        }
        done.put(partition, begin);
    }

    private void handle(int partition, List<Placed> events) {
        @Nullable Checkpoint expected = checkpoints.get(partition);
        long count = (expected == null ? 0 : expected.handledCount()) + events.size();
        Checkpoint next = new Checkpoint(events.getLast().place().position(), Instant.EPOCH, count, count, count);
        Projection.Batch batch = projection.begin(partition);
        events.forEach(event -> event.handleIn(batch));
        batch.commit(expected, next, List.of());
        checkpoints.put(partition, next);
    }

    /** The checkpoint's position; absent before the first batch. */
    public @Nullable Position position(int partition) {
        Checkpoint at = checkpoints.get(partition);
        return at == null ? null : at.position();
    }
}
