package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a version took over from another one, as it is written down, and whether it is there: each part carries a mark on its own
 * node, which is lost with anything that was lost of the part.
 *
 * @param fields of the hash in which it is written down; none where nothing was taken over
 */
record TakenOver(Redis redis, Map<String, String> fields) {

    /** The keys of the version it is taken from. Not there any more when the version was dropped. */
    static final String FROM = "from";

    /** What parts are marked with. Another one takes the place of it when all is to be brought again. */
    static final String ID = "id";

    /** Is there when all was taken over: the id by which parts are marked, or something else where they are not. */
    static final String DONE = "done";

    /** Some of it was lost, and is counted like anything else: by a process that leaves nothing out. */
    static final String COUNTED_AGAIN = "counted-again";

    private static final String PARTITION = "partition:";

    static TakenOver read(Redis redis) {
        return new TakenOver(redis, redis.all(redis.keys().takenOver()));
    }

    /** Of what waits on a partition, the name. Games' and boards' are their roots. */
    static String of(int partition) {
        return PARTITION + partition;
    }

    /**
     * Absent before anything was brought, and where a build came to the end that wrote no marks: it may have gone on with what
     * another had begun, and then some parts have one, and others are there without.
     */
    @Nullable
    String id() {
        String id = fields.get(ID);
        return isDone() && !Objects.equals(id, fields.get(DONE)) ? null : id;
    }

    /** As it is while all that has no mark with this id is brought. */
    TakenOver withId(String id) {
        Map<String, String> next = new HashMap<>(fields);
        next.remove(DONE);
        next.put(ID, id);
        return new TakenOver(redis, next);
    }

    boolean isDone() {
        return fields.containsKey(DONE);
    }

    boolean isCountedAgain() {
        return fields.containsKey(COUNTED_AGAIN);
    }

    /** How far each partition's events are at least in every board, by partition. */
    Map<Integer, Position> positions() {
        Map<Integer, Position> positions = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(PARTITION)) {
                positions.put(Integer.valueOf(name.substring(PARTITION.length())), Position.parse(value));
            }
        });
        return positions;
    }

    /** Games and boards. */
    Stream<String> roots() {
        return fields.keySet().stream().filter(Roots::isRoot);
    }

    /** Parts that are written down and are not whole. Looks at every one. */
    List<String> lost() {
        return fields.keySet().stream()
                .filter(name -> Roots.isRoot(name) || name.startsWith(PARTITION))
                .filter(part -> !isWhole(part))
                .toList();
    }

    /**
     * The boards that are to be counted from nothing: what is there of them is not told from what is not. Where places of events
     * that wait were lost, those are all boards, as each leaves out what is not behind these.
     *
     * @param lost parts
     */
    List<Keys.Board> boardsToCount(List<String> lost) {
        boolean waits = lost.stream().anyMatch(part -> part.startsWith(PARTITION));
        return (waits ? roots() : lost.stream())
                .map(Roots::boardOf)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether all of a part is there. */
    boolean isWhole(String part) {
        boolean isPartition = part.startsWith(PARTITION);
        byte[] hash = isPartition
                ? redis.keys().taken(Integer.parseInt(part.substring(PARTITION.length())))
                : Roots.keyOf(redis.keys(), part);
        String id = id();
        if (id == null) {
            // Without marks more is not known.
            return isPartition || redis.count(hash) > 0;
        }
        return id.equals(Bytes.textOf(redis.get(hash, Bytes.of(BroughtPart.TAKEN))));
    }
}
