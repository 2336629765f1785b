package io.gamemetrics.projections.leaderboardsstore;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which partitions are in the boards as they were when counting began. Until all are, nobody is shown anything: a list
 * with half of its people is as wrong as an empty one. In an empty Redis none is.
 */
final class Readiness {

    private static final String READY = "ready";
    private static final String COUNT = "count";

    private Readiness() {}

    /** Notes that a partition begins to be counted at this moment. */
    static void begin(Redis redis, int partition, int partitions, Instant now) {
        redis.put(
                redis.keys().partitions(),
                Map.of(Bytes.of(COUNT), Bytes.of(partitions), Bytes.of(partition), Bytes.of(now.toEpochMilli())));
    }

    /**
     * Notes that everything stored before a moment is in the boards.
     *
     * @return whether the partition is as new as it was when it began
     */
    static boolean reach(Redis redis, int partition, Instant asOf) {
        byte[] known = redis.get(redis.keys().partitions(), Bytes.of(partition));
        if (known == null) {
            return false;
        }
        String text = Bytes.text(known);
        if (text.equals(READY)) {
            return true;
        }
        boolean isReady = asOf.toEpochMilli() >= Long.parseLong(text);
        if (isReady) {
            redis.put(redis.keys().partitions(), Map.of(Bytes.of(partition), Bytes.of(READY)));
        }
        return isReady;
    }

    /** The partitions that were ever begun. */
    static List<Integer> partitions(Redis redis) {
        return redis.all(redis.keys().partitions()).keySet().stream()
                .filter(field -> !field.equals(COUNT))
                .map(Integer::valueOf)
                .toList();
    }

    static boolean isComplete(Redis redis) {
        Map<String, String> partitions = redis.all(redis.keys().partitions());
        String count = partitions.get(COUNT);
        return count != null
                && IntStream.range(0, Integer.parseInt(count))
                        .allMatch(partition -> READY.equals(partitions.get(Integer.toString(partition))));
    }
}
