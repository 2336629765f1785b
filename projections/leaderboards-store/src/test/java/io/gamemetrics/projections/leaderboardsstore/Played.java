package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version, fed with a history in batches of any size. What is of players who were erased can't be read any more. */
final class Played {

    private final LeaderboardsWriter writer;
    private final int rebuilt;
    private final Map<Integer, Integer> done = new HashMap<>();
    private final Map<Integer, @Nullable Checkpoint> at = new HashMap<>();
    private final Set<UUID> erased = new HashSet<>();

    /** @param rebuilt the game of which nothing is taken over */
    Played(LeaderboardsRedis redis, int number, int rebuilt) {
        this.rebuilt = rebuilt;
        writer = new LeaderboardsWriter(
                redis, number, Partitions.COUNT, Clock.fixed(History.storedAt(0), ZoneOffset.UTC));
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            at.put(partition, writer.checkpoint(partition));
        }
    }

    void erase(UUID player) {
        erased.add(player);
    }

    /** @param taken what is left out of games that are not rebuilt; absent: nothing is */
    void handle(int partition, List<Happening> events, int first, @Nullable Position taken, Random random) {
        while (done.getOrDefault(partition, 0) < first) {
            step(partition, events.subList(0, first), taken, random);
        }
    }

    /** One batch; nothing where all are handled. */
    void step(int partition, List<Happening> events, @Nullable Position taken, Random random) {
        int begin = done.getOrDefault(partition, 0);
        int end = Math.min(events.size(), begin + 1 + random.nextInt(60));
        if (end <= begin) {
            return;
        }
        LeaderboardsBatch batch = writer.begin();
        for (int i = begin; i < end; i++) {
            Happening event = events.get(i);
            UUID player = event.player();
            boolean isMine = player == null || Math.floorMod(player.hashCode(), Partitions.COUNT) == partition;
            boolean isTaken = taken != null && event.game() != rebuilt && i + 1 <= taken.number();
            if (isMine && !isTaken && !isErased(event)) {
                event.into(batch, new Position(7, i + 1), History.storedAt(i + 1));
            }
        }
        Checkpoint next = new Checkpoint(new Position(7, end), History.storedAt(end), end, end, -end);
        assertThat(writer.commit(batch, partition, at.get(partition), next, List.of()))
                .isTrue();
        at.put(partition, next);
        done.put(partition, end);
    }

    private boolean isErased(Happening event) {
        return event.player() != null
                && (erased.contains(event.player())
                        || (event instanceof Happening.Link link && erased.contains(link.person())));
    }

    void handleAll(List<Happening> events, Map<Integer, Position> taken, Random random) {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            handle(partition, events, events.size(), taken.get(partition), random);
        }
    }
}
