package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Proofs.Mark;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        open.ifPresent(marks -> count(projection, version, marks.getFirst().position()));
        return open.isPresent();
    }

    private void count(String projection, int version, Position end) {
        long[] counts = new long[partitions];
        long[] checksums = new long[partitions];
        Position at = new Position(end.incarnation(), 0);
        for (Mark mark : proofs.counted(projection, version)) {
            counts[mark.partition()] = mark.count();
            checksums[mark.partition()] = mark.checksum();
            at = mark.position();
        }
        while (at.number() < end.number()) {
            List<StoredEvent> events = store.read(at, (int) Math.min(PAGE_EVENTS, end.number() - at.number()));
            events.forEach(event -> add(event, counts, checksums));
            at = events.getLast().position();
        }
        List<Mark> stored = IntStream.range(0, partitions)
                .mapToObj(partition -> new Mark(partition, end, counts[partition], checksums[partition]))
                .toList();
        proofs.count(projection, version, stored);
    }

    private void add(StoredEvent event, long[] counts, long[] checksums) {
        long hash = EventHash.of(event);
        if (configuration.test(event.type())) {
            for (int partition = 0; partition < partitions; partition++) {
                counts[partition]++;
                checksums[partition] += hash;
            }
        } else {
            int partition = StreamPartitions.of(event.stream(), partitions);
            counts[partition]++;
            checksums[partition] += hash;
        }
    }
}
