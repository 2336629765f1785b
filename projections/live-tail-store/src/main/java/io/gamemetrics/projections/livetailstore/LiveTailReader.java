package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.infrastructure.readstore.RedisCheckpoints;
import io.gamemetrics.infrastructure.readstore.RedisCheckpoints.Move;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads the live tail. Safe for concurrent use. What lies after the least of the partitions' checkpoints is not complete
 * yet: ask up to there. Every method throws {@link LiveTailStoreException} when Redis can't be asked.
 */
public final class LiveTailReader {

    private final LiveTailStore store;
    private final RedisCheckpoints checkpoints;
    private final int partitions;

    LiveTailReader(LiveTailStore store, RedisCheckpoints checkpoints, int partitions) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.partitions = partitions;
    }

    /** How many partitions make up the whole. */
    public int partitions() {
        return partitions;
    }

    /** How far each partition is; those without a batch so far are missing. */
    public Map<Integer, Checkpoint> checkpoints() {
        return checkpoints.readAll();
    }

    /**
     * Some of a game's events, in order of position.
     *
     * @param events after {@code after}, up to {@code through}
     * @param through everything up to here is in {@code events}; before what was asked for when there is more to read
     * @param complete false when some may be missing, because they were too old to be kept
     */
    public record Page(List<LiveEvent> events, Position through, boolean complete) {}

    /**
     * The game's events in a range.
     *
     * @param upTo of the same incarnation, not before {@code after}
     * @param most events at once, 1 or more
     */
    public Page page(int game, Position after, Position upTo, int most) {
        long incarnation = upTo.incarnation();
        List<String> keys = new ArrayList<>();
        keys.add(LiveTailKeys.trimmed(game, incarnation));
        keys.addAll(LiveTailKeys.streams(game, incarnation, partitions));
        List<?> answer = (List<?>) store.run(
                Scripts.PAGE,
                ScriptOutputType.MULTI,
                keys,
                List.of(Long.toString(after.number()), Long.toString(upTo.number()), Integer.toString(most)));
        long trimmed = Long.parseLong((String) answer.get(0));
        Position through = new Position(incarnation, Long.parseLong((String) answer.get(1)));
        List<LiveEvent> found = new ArrayList<>();
        for (Object entry : (List<?>) answer.get(2)) {
            List<?> parts = (List<?>) entry;
            Position position = LiveTailKeys.position(incarnation, (String) parts.get(0));
            List<String> texts =
                    ((List<?>) parts.get(1)).stream().map(String::valueOf).toList();
            for (List<String> event : Entry.events(texts)) {
                found.add(EventFields.read(position, event));
            }
        }
        found.removeIf(event ->
                after.number() >= event.position().number() || event.position().number() > through.number());
        found.sort(Comparator.comparingLong(event -> event.position().number()));
        boolean more = found.size() >= most;
        List<LiveEvent> events = more ? List.copyOf(found.subList(0, most)) : List.copyOf(found);
        return new Page(events, more ? events.getLast().position() : through, trimmed <= after.number());
    }

    /**
     * A new follower of the projection's moves.
     *
     * @throws LiveTailStoreException when Redis does not answer
     */
    public Following follow() {
        return new Following();
    }

    /** What one reader has heard of the projection's moves, on a connection of its own. Used by one thread. */
    public final class Following implements AutoCloseable {

        private final RedisLink link = store.link();
        private String last = "";

        private Following() {}

        /** Goes to the newest move: {@link #next} gives those after it. */
        public void begin() {
            try {
                List<StreamMessage<String, String>> newest =
                        link.commands().xrevrange(checkpoints.movesKey(), Range.unbounded(), Limit.from(1));
                last = newest.isEmpty() ? "0-0" : newest.getFirst().getId();
            } catch (RedisException e) {
                throw new LiveTailStoreException("live tail: moves not read", e);
            }
        }

        /** Waits for moves; none when there was none for that long. */
        @SuppressWarnings("unchecked") // an array of one offset
        public List<Move> next(Duration atMost) {
            try {
                List<StreamMessage<String, String>> entries = link.commands()
                        .xread(
                                XReadArgs.Builder.block(atMost).count(RedisCheckpoints.MOVES_KEPT),
                                XReadArgs.StreamOffset.from(checkpoints.movesKey(), last));
                if (entries.isEmpty()) {
                    return List.of();
                }
                last = entries.getLast().getId();
                return entries.stream().map(entry -> Move.of(entry.getBody())).toList();
            } catch (RedisException e) {
                throw new LiveTailStoreException("live tail: moves not read", e);
            }
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
