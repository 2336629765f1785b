package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventDigest;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Proofs.Mark;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Counts what the event store holds, range by range and partition by partition, beside what a version had handled. It
 * reads the store itself, by no code that a projection's events went through. Safe for concurrent use.
 */
final class ProofCounter {

    private static final int PAGE_EVENTS = 10_000;

    private final EventStore store;
    private final IntPredicate configuration;
    private final Proofs proofs;
    private final int partitions;

    ProofCounter(EventStore store, IntPredicate configuration, Proofs proofs, int partitions) {
        this.store = store;
        this.configuration = configuration;
        this.proofs = proofs;
        this.partitions = partitions;
    }

    /**
     * Counts the next range that all partitions have come to the end of.
     *
     * @return whether there was one
     */
    boolean countNext(String projection, int version) {
        Optional<List<Mark>> open = proofs.uncounted(projection, version).stream()
                .collect(Collectors.groupingBy(mark -> mark.position().number(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(marks -> marks.size() == partitions)
                .findFirst();
        open.ifPresent(marks -> proofs.count(projection, version, stored(projection, version, marks)));
        return open.isPresent() || countTail(projection, version);
    }

    /** The last range, which ends on each partition where it was when the version had caught up. */
    private boolean countTail(String projection, int version) {
        List<Mark> tail = proofs.uncountedTail(projection, version);
        boolean isThere = tail.size() == partitions;
        if (isThere) {
            proofs.countTail(projection, version, stored(projection, version, tail));
        }
        return isThere;
    }

    /** What the store holds for each partition up to its mark. */
    private List<Mark> stored(String projection, int version, List<Mark> ends) {
        Map<Integer, Position> upTo = ends.stream().collect(Collectors.toMap(Mark::partition, Mark::position));
        long incarnation = ends.getFirst().position().incarnation();
        long end =
                ends.stream().mapToLong(mark -> mark.position().number()).max().orElse(0);
        long first =
                ends.stream().mapToLong(mark -> mark.position().number()).min().orElse(0);
        long[] counts = new long[partitions];
        long[] checksums = new long[partitions];
        Position at = new Position(incarnation, 0);
        for (Mark mark : proofs.counted(projection, version, first)) {
            counts[mark.partition()] = mark.count();
            checksums[mark.partition()] = mark.checksum();
            at = mark.position();
        }
        while (at.number() < end) {
            List<EventDigest> events = store.digests(at, (int) Math.min(PAGE_EVENTS, end - at.number()));
            events.forEach(event -> add(event, upTo, counts, checksums));
            at = events.getLast().position();
        }
        return ends.stream()
                .map(mark -> new Mark(
                        mark.partition(), mark.position(), counts[mark.partition()], checksums[mark.partition()]))
                .toList();
    }

    private void add(EventDigest event, Map<Integer, Position> upTo, long[] counts, long[] checksums) {
        boolean isEverywhere = configuration.test(event.type());
        int first = isEverywhere ? 0 : StreamPartitions.of(event.stream(), partitions);
        int last = isEverywhere ? partitions - 1 : first;
        for (int partition = first; partition <= last; partition++) {
            Position end = upTo.get(partition);
            if (end != null && end.covers(event.position())) {
                counts[partition]++;
                checksums[partition] += event.hash();
            }
        }
    }
}
