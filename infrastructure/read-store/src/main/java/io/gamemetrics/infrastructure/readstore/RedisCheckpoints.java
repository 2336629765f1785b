package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints and parked events of one projection whose store is Redis. Its keys share a slot of their own, so a
 * checkpoint can't move in one step with what the events changed, which lies by game: a store writes first, in a way
 * that a repetition changes nothing, and moves the checkpoint last. Holds no state; as safe for concurrent use as the
 * connection it is given.
 *
 * <ul>
 *   <li>{@code gm:{projection}:checkpoint} hash, partition → the checkpoint as text
 *   <li>{@code gm:{projection}:parked:<partition>} hash, position → stream, sequence and cause
 *   <li>{@code gm:{projection}:moves} stream of the last {@value #MOVES_KEPT} moves, for readers that follow
 * </ul>
 */
public final class RedisCheckpoints {

    /** About how many moves a reader may be late without missing one; later ones find {@link Move#number} jump. */
    public static final int MOVES_KEPT = 1_000;

    /** A script's stack has no room for many more arguments of one call. */
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private static final String COMPARE_AND_SET = """
            if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
            local released = tonumber(ARGV[6])
            for i = 7, 6 + released do
              if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 0 then return 0 end
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
            for i = 7, 6 + released do
              redis.call('HDEL', KEYS[2], ARGV[i])
            end
            for i = 7 + released, #ARGV, 2 do
              redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
            end
            if ARGV[4] == '1' then
              local number = redis.call('HINCRBY', KEYS[1], 'moves', 1)
              redis.call('XADD', KEYS[3], 'MAXLEN', '~', %d, '*',
                'number', number, 'partition', ARGV[1], 'checkpoint', ARGV[3], 'touched', ARGV[5])
            end
            return 1
            """.formatted(MOVES_KEPT);

    private final Scripts redis;
    private final String keys;

    /** @param projection its stable name, {@code [a-z][a-z0-9-]*} */
    public RedisCheckpoints(Scripts redis, String projection) {
        if (!NAME.matcher(projection).matches()) {
            throw new IllegalArgumentException("projection must be a plain lower-case name: " + projection);
        }
        this.redis = redis;
        this.keys = "gm:{" + projection + "}:";
    }

    /** The part of a Redis client that is needed here. */
    @FunctionalInterface
    public interface Scripts {

        /**
         * Runs a script that answers an integer, or an array of texts.
         *
         * @return a {@link Long} or a {@link List} of {@link String}s
         */
        Object run(String lua, List<String> keys, List<String> arguments);
    }

    /**
     * A checkpoint that moved.
     *
     * @param number counts this projection's moves: a gap means that some were missed
     * @param touched what the writer said it changed
     */
    public record Move(long number, int partition, Checkpoint checkpoint, String touched) {

        /** Reads an entry of the stream under {@link RedisCheckpoints#movesKey}. */
        public static Move of(Map<String, String> entry) {
            return new Move(
                    Long.parseLong(field(entry, "number")),
                    Integer.parseInt(field(entry, "partition")),
                    parse(field(entry, "checkpoint")),
                    field(entry, "touched"));
        }

        private static String field(Map<String, String> entry, String name) {
            String value = entry.get(name);
            if (value == null) {
                throw new IllegalArgumentException("a move without " + name);
            }
            return value;
        }
    }

    /** The partition's checkpoint; absent before its first batch. */
    public @Nullable Checkpoint read(int partition) {
        return readAll().get(partition);
    }

    /** All partitions' checkpoints, by partition; those without a batch so far are missing. */
    public Map<Integer, Checkpoint> readAll() {
        List<String> fields = texts("return redis.call('HGETALL', KEYS[1])", keys + "checkpoint");
        Map<Integer, Checkpoint> checkpoints = new TreeMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (!fields.get(i).equals("moves")) {
                checkpoints.put(Integer.valueOf(fields.get(i)), parse(fields.get(i + 1)));
            }
        }
        return checkpoints;
    }

    /** Streams with parked events in this partition, in order of their first: whatever comes of them later waits too. */
    public List<QuarantinedStream> quarantined(int partition) {
        return QuarantinedStream.of(parked(partition));
    }

    /** The first parked events of a stream, in order; at most so many. */
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return parked(partition).stream()
                .filter(event -> event.stream().equals(stream))
                .sorted(Comparator.comparingLong(event -> event.position().number()))
                .limit(most)
                .toList();
    }

    private List<ParkedEvent> parked(int partition) {
        List<String> fields = texts("return redis.call('HGETALL', KEYS[1])", keys + "parked:" + partition);
        List<ParkedEvent> events = new ArrayList<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String[] parts = fields.get(i + 1).split(" ", 3);
            events.add(new ParkedEvent(
                    Position.parse(fields.get(i)), UUID.fromString(parts[0]), Long.parseLong(parts[1]), parts[2]));
        }
        return events;
    }

    /**
     * Moves the partition's checkpoint, parks events and takes away the places of those that are applied now, if it still
     * is the expected one.
     *
     * @param expected what this batch began from; absent for the first
     * @param released events that are parked
     * @param touched told to those who follow {@link #movesKey}; absent: this move is not told
     * @return false when another instance has moved it, or applied one of {@code released}: nothing was changed
     */
    public boolean compareAndSet(
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released,
            @Nullable String touched) {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(partition),
                expected == null ? "" : text(expected),
                text(next),
                touched == null ? "0" : "1",
                touched == null ? "" : touched,
                Integer.toString(released.size())));
        released.forEach(event -> arguments.add(event.position().toString()));
        for (ParkedEvent event : parked) {
            arguments.add(event.position().toString());
            arguments.add(event.stream() + " " + event.sequence() + " " + event.cause());
        }
        List<String> names = List.of(keys + "checkpoint", keys + "parked:" + partition, keys + "moves");
        return redis.run(COMPARE_AND_SET, names, arguments).equals(1L);
    }

    /**
     * Takes away the places of all parked events of a stream in this partition: what they say is to be forgotten. Again
     * changes nothing.
     */
    public void forget(int partition, UUID stream) {
        List<String> places = parked(partition, stream, Integer.MAX_VALUE).stream()
                .map(event -> event.position().toString())
                .toList();
        for (int from = 0; from < places.size(); from += FORGOTTEN_AT_ONCE) {
            redis.run(
                    "redis.call('HDEL', KEYS[1], unpack(ARGV)) return 1",
                    List.of(keys + "parked:" + partition),
                    places.subList(from, Math.min(places.size(), from + FORGOTTEN_AT_ONCE)));
        }
    }

    /** How many places of parked events of a stream there are in this partition. */
    public long parked(int partition, UUID stream) {
        return parked(partition).stream()
                .filter(event -> event.stream().equals(stream))
                .count();
    }

    /** The Redis stream of {@link Move}s. */
    public String movesKey() {
        return keys + "moves";
    }

    private List<String> texts(String script, String key) {
        if (redis.run(script, List.of(key), List.of()) instanceof List<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        throw new IllegalStateException("not a list of texts: key=" + key);
    }

    private static String text(Checkpoint checkpoint) {
        return checkpoint.position() + " " + checkpoint.asOf() + " " + checkpoint.nextOffset() + " "
                + checkpoint.handledCount() + " " + checkpoint.handledChecksum();
    }

    private static Checkpoint parse(String text) {
        String[] parts = text.split(" ", 5);
        return new Checkpoint(
                Position.parse(parts[0]),
                Instant.parse(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
