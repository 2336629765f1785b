package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A build that can't read some of a history's events, and feeds boards with it as the runner does: what a stream begins to
 * wait for is parked by itself, before what stands behind it, and whatever comes of that stream later waits.
 */
final class Build {

    private static final int MAX_BATCH = 60;
    private static final int MAX_RELEASED = 6;

    private final Redis redis;
    private final List<Happening> events;
    private final Set<Integer> unreadable;
    private final LeaderboardsWriter writer;

    /** @param unreadable places in the history, from 0 */
    Build(Redis redis, List<Happening> events, Set<Integer> unreadable) {
        this.redis = redis;
        this.events = events;
        this.unreadable = unreadable;
        this.writer = new LeaderboardsWriter(redis, Partitions.COUNT, Clock.fixed(History.storedAt(0), ZoneOffset.UTC));
    }

    /** Whether all is handled on a partition. */
    boolean isDone(int partition) {
        Checkpoint at = Roots.checkpoint(redis, partition);
        return at != null && at.position().number() == events.size();
    }

    /** Whether anything waits anywhere. */
    boolean isAnythingWaiting() {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            if (!writer.quarantined(partition).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** A batch of a partition, or as much of it as comes about. */
    void step(int partition, Random random) {
        @Nullable Checkpoint at = writer.checkpoint(partition);
        Map<UUID, Position> waiting = new HashMap<>();
        for (QuarantinedStream stream : writer.quarantined(partition)) {
            waiting.put(stream.stream(), stream.first().position());
        }
        int from = at == null ? 0 : (int) at.position().number();
        int to = Math.min(events.size(), from + 1 + random.nextInt(MAX_BATCH));
        LeaderboardsBatch batch = writer.begin();
        List<ParkedEvent> parked = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Happening event = events.get(i);
            UUID player = event.player();
            Position here = new Position(7, i + 1);
            if (player == null) {
                event.into(batch, here, History.storedAt(i + 1));
            } else if (Math.floorMod(player.hashCode(), Partitions.COUNT) == partition) {
                Position first = waiting.get(player);
                if (first != null && first.number() <= here.number()) {
                    parked.add(new ParkedEvent(here, player, i, ParkedEvent.WAITS));
                } else if (!unreadable.contains(i)) {
                    event.into(batch, here, History.storedAt(i + 1));
                } else {
                    ParkedEvent begins = new ParkedEvent(here, player, i, "payload.broken");
                    waiting.put(player, here);
                    at = commit(batch, partition, at, i, parked);
                    if (at == null && i > 0) {
                        return;
                    }
                    at = commit(writer.begin(), partition, at, i + 1, List.of(begins));
                    if (at == null) {
                        return;
                    }
                    batch = writer.begin();
                    parked = new ArrayList<>();
                }
            }
        }
        commit(batch, partition, at, to, parked);
    }

    /** Releases some of what waits on a partition, as far as it can be read. */
    void release(int partition, Random random) {
        Checkpoint at = writer.checkpoint(partition);
        List<QuarantinedStream> waiting = writer.quarantined(partition);
        if (at == null || waiting.isEmpty()) {
            return;
        }
        UUID stream = waiting.get(random.nextInt(waiting.size())).stream();
        LeaderboardsBatch batch = writer.begin();
        List<ParkedEvent> released = new ArrayList<>();
        for (ParkedEvent event : writer.parked(partition, stream, 1 + random.nextInt(MAX_RELEASED))) {
            int place = (int) event.position().number() - 1;
            if (unreadable.contains(place)) {
                break;
            }
            events.get(place).into(batch, event.position(), History.storedAt(place + 1));
            released.add(event);
        }
        if (!released.isEmpty()) {
            writer.commit(batch, partition, at, at, List.of(), released);
        }
    }

    /** @return the checkpoint after it; absent before the first, and when another build has the partition */
    private @Nullable Checkpoint commit(
            LeaderboardsBatch batch, int partition, @Nullable Checkpoint at, int upTo, List<ParkedEvent> parked) {
        if (upTo == (at == null ? 0 : at.position().number())) {
            return at;
        }
        Checkpoint next = new Checkpoint(new Position(7, upTo), History.storedAt(upTo), upTo, upTo, -upTo);
        return writer.commit(batch, partition, at, next, parked) ? next : null;
    }
}
