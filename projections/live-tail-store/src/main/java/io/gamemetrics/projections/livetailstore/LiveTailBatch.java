package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.infrastructure.readstore.RedisCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events of one partition, in order, on their way into the games' streams. Used by one thread, once. */
public final class LiveTailBatch {

    /** Games named in a move; with more, followers look at every game. */
    static final int MOST_TOUCHED = 1_000;

    /** Keeps each script short, because Redis does nothing else meanwhile. */
    private static final int EVENTS_A_SCRIPT = 500;

    private static final byte[] NOBODY = {};

    private final LiveTailStore store;
    private final RedisCheckpoints checkpoints;
    private final int partition;
    private final int kept;
    private final Map<Integer, LatestRuns> games = new TreeMap<>();
    private final Map<UUID, Integer> erased = new TreeMap<>();

    LiveTailBatch(LiveTailStore store, RedisCheckpoints checkpoints, int partition, int kept) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.partition = partition;
        this.kept = kept;
    }

    /** @param event later than all added before */
    public void add(int game, LiveEvent event) {
        latest(game).add(event);
    }

    /** Nothing of this player is shown any more, nor are the places of their parked events kept. */
    public void erased(int game, UUID player) {
        latest(game).drop(player);
        erased.put(player, game);
    }

    private LatestRuns latest(int game) {
        return games.computeIfAbsent(game, number -> new LatestRuns(kept));
    }

    /** {@link #commit(Checkpoint, Checkpoint, Collection, Collection)} without parked events. */
    public boolean commit(@Nullable Checkpoint expected, Checkpoint next) {
        return commit(expected, next, List.of(), List.of());
    }

    /**
     * Writes the events, which readers do not look at yet, and then the checkpoint, after which they do. A batch that is
     * written again changes nothing. An event that was parked and is released behind later ones of its game is not shown:
     * a tail only grows at its end.
     *
     * @param expected the checkpoint the batch began from; absent for the partition's first
     * @param parked events that are not applied
     * @param released events that were parked, and are not from now on
     * @return false when another instance has moved the checkpoint, or released one of these
     */
    public boolean commit(
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        if (!games.isEmpty() && !Objects.equals(checkpoints.read(partition), expected)) {
            return false;
        }
        games.forEach((game, latest) -> write(game, latest, next.position().incarnation()));
        erased.forEach((player, game) -> {
            store.cleaner().purge(game, player);
            checkpoints.forget(partition, player);
        });
        return checkpoints.compareAndSet(partition, expected, next, parked, released, touched());
    }

    private Collection<Integer> games() {
        return games.keySet();
    }

    private String touched() {
        return games.size() > MOST_TOUCHED
                ? "*"
                : games().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private void write(int game, LatestRuns latest, long incarnation) {
        List<String> keys =
                List.of(LiveTailKeys.stream(game, incarnation, partition), LiveTailKeys.trimmed(game, incarnation));
        for (List<Run> runs = latest.first(EVENTS_A_SCRIPT); !runs.isEmpty(); runs = latest.first(EVENTS_A_SCRIPT)) {
            List<byte[]> arguments = new ArrayList<>();
            arguments.add(bytes(Integer.toString(partition)));
            arguments.add(bytes(Integer.toString(kept)));
            arguments.add(bytes(Long.toString(latest.droppedThrough())));
            for (Run run : runs) {
                UUID player = run.player();
                arguments.add(bytes(Long.toString(run.last())));
                arguments.add(bytes(Integer.toString(run.size())));
                arguments.add(player == null ? NOBODY : bytes(player.toString()));
                arguments.add(Entry.packed(run));
            }
            latest.dropThrough(store.append(Scripts.APPEND, keys, arguments));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
