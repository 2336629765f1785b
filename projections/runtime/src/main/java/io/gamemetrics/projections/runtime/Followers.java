package io.gamemetrics.projections.runtime;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The inboxes of one process that one reading can fill, by partition. Safe for concurrent use. */
final class Followers {

    private final Map<Inbox, Integer> partitions = new ConcurrentHashMap<>();

    void add(int partition, Inbox inbox) {
        partitions.put(inbox, partition);
    }

    void remove(Inbox inbox) {
        partitions.remove(inbox);
        inbox.unshare();
    }

    /** The partitions of which somebody is at the end, with the furthest offset that one of them has everything up to. */
    Map<Integer, Long> wanted() {
        Map<Integer, Long> wanted = new TreeMap<>();
        partitions.forEach((inbox, partition) -> {
            OptionalLong next = inbox.sharedNext();
            if (next.isPresent()) {
                wanted.merge(partition, next.getAsLong(), Math::max);
            }
        });
        return wanted;
    }

    /** Gives it to all of the partition; who can't take it reads for itself. */
    void give(int partition, Stretch stretch) {
        partitions.forEach((inbox, here) -> {
            if (here == partition) {
                inbox.share(stretch);
            }
        });
    }

    /** Nothing is given any more: each reads for itself. */
    void release() {
        partitions.keySet().forEach(Inbox::unshare);
    }

    /** How many are given everything now. */
    long sharing() {
        return partitions.keySet().stream().filter(Inbox::isShared).count();
    }
}
