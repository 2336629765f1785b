package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cell that two contents do not have alike. Where the two are not of one moment, an entry that differs is
 * looked at again when both have come past what was stored by then: only what stays different is a difference. Used by
 * one thread.
 */
final class EntriesDiff {

    /** Vectors further apart are different: between rounding errors and what would change anybody's list. */
    static final double FAR = 1e-3;

    private static final int MOST_KEPT = 10_000;
    private static final int MOST_LOOKS = 10;
    private static final int SAMPLED_STREAMS = 5;
    private static final int SAMPLED_EVENTS = 2;

    private final Contents old;
    private final Contents built;
    private final EventStore store;
    private final Settling settling;
    private long seen;

    /** Waits until both versions have handled whatever was stored when this was called. */
    @FunctionalInterface
    interface Settling {
        void await() throws InterruptedException;
    }

    EntriesDiff(Contents old, Contents built, EventStore store, Settling settling) {
        this.old = old;
        this.built = built;
        this.store = store;
        this.settling = settling;
    }

    /**
     * Entries that differ.
     *
     * @param distance the greatest between two vectors; absent when none is one
     * @param streams some of those the entries come from
     */
    record Found(int entries, @Nullable Double distance, List<UUID> streams) {
        boolean isNone() {
            return entries == 0;
        }
    }

    /** An entry as the two have it; absent where one has it not. */
    private record Both(@Nullable Entry one, @Nullable Entry other) {

        boolean isSame() {
            return switch (one) {
                case null -> other == null;
                case Entry.Exact exact -> exact.equals(other);
                case Entry.Vector vector -> other instanceof Entry.Vector next && distance(vector, next) <= FAR;
            };
        }

        boolean isOfVectors() {
            return one instanceof Entry.Vector || other instanceof Entry.Vector;
        }

        /** Whether neither has changed since. */
        boolean isStill(Both before) {
            return isStill(one, before.one) && isStill(other, before.other);
        }

        private static boolean isStill(@Nullable Entry now, @Nullable Entry before) {
            return (now instanceof Entry.Vector vector && before instanceof Entry.Vector last)
                    ? Arrays.equals(vector.values(), last.values())
                    : Objects.equals(now, before);
        }
    }

    /** How many entries were looked at so far. */
    long seen() {
        return seen;
    }

    /** @param heard called now and then */
    Found find(Cell.Key cell, Runnable heard) throws InterruptedException {
        Map<String, Both> differing = new TreeMap<>();
        Set<String> oldLessons = new HashSet<>();
        Set<String> builtLessons = new HashSet<>();
        old.forEachPage(cell, page -> {
            heard.run();
            addLessons(oldLessons, page);
            Map<String, Entry> there = built.find(cell, keys(page));
            page.forEach(entry -> keep(differing, new Both(entry, there.get(entry.key())), entry.key()));
            seen += page.size();
        });
        built.forEachPage(cell, page -> {
            heard.run();
            addLessons(builtLessons, page);
            Map<String, Entry> there = old.find(cell, keys(page));
            page.stream()
                    .filter(entry -> !there.containsKey(entry.key()))
                    .forEach(entry -> keep(differing, new Both(null, entry), entry.key()));
            seen += page.size();
        });
        if (!oldLessons.equals(builtLessons)) {
            // Each learns at moments of its own: only two that learned from the same are held against each other.
            differing.values().removeIf(Both::isOfVectors);
        }
        // So many as can be kept are not only read at another moment.
        if (differing.size() < MOST_KEPT && (!old.isOfOneMoment() || !built.isOfOneMoment())) {
            settle(cell, differing, heard);
        }
        return found(differing.values());
    }

    /** Positions of some events of these streams, the latest ones. */
    List<String> positionsBehind(Found found) {
        List<String> positions = new ArrayList<>();
        store.headSequences(found.streams())
                .forEach((stream, head) ->
                        store.readStream(stream, Math.max(0, head - SAMPLED_EVENTS + 1), SAMPLED_EVENTS).stream()
                                .map(StoredEvent::position)
                                .forEach(position -> positions.add(position.toString())));
        return positions;
    }

    private static void addLessons(Set<String> lessons, List<Entry> page) {
        for (Entry entry : page) {
            if (entry instanceof Entry.Vector vector) {
                lessons.add(vector.learnedFrom());
            }
        }
    }

    private static void keep(Map<String, Both> differing, Both both, String key) {
        if (!both.isSame() && differing.size() < MOST_KEPT) {
            differing.put(key, both);
        }
    }

    private void settle(Cell.Key cell, Map<String, Both> differing, Runnable heard) throws InterruptedException {
        Map<String, Both> open = new TreeMap<>(differing);
        for (int look = 0; look < MOST_LOOKS && !open.isEmpty(); look++) {
            settling.await();
            heard.run();
            Map<String, Both> now = look(cell, open.keySet());
            now.forEach((key, both) -> {
                Both before = Objects.requireNonNull(open.get(key));
                if (both.isSame()) {
                    differing.remove(key);
                    open.remove(key);
                } else if (both.isStill(before)) {
                    open.remove(key);
                } else {
                    open.put(key, both);
                }
            });
        }
    }

    private Map<String, Both> look(Cell.Key cell, Collection<String> keys) {
        Map<String, Both> all = new TreeMap<>();
        List<String> left = List.copyOf(keys);
        for (int from = 0; from < left.size(); from += Contents.PAGE) {
            List<String> page = left.subList(from, Math.min(left.size(), from + Contents.PAGE));
            Map<String, Entry> here = old.find(cell, page);
            Map<String, Entry> there = built.find(cell, page);
            page.forEach(key -> all.put(key, new Both(here.get(key), there.get(key))));
        }
        return all;
    }

    private static Found found(Collection<Both> differing) {
        Double greatest = null;
        for (Both both : differing) {
            if (both.one() instanceof Entry.Vector one && both.other() instanceof Entry.Vector other) {
                greatest = Math.max(greatest == null ? 0 : greatest, distance(one, other));
            }
        }
        List<UUID> streams = differing.stream()
                .flatMap(both -> Stream.of(both.one(), both.other()))
                .filter(Objects::nonNull)
                .map(Entry::stream)
                .filter(Objects::nonNull)
                .distinct()
                .limit(SAMPLED_STREAMS)
                .toList();
        return new Found(differing.size(), greatest, streams);
    }

    private static List<String> keys(List<Entry> page) {
        return page.stream().map(Entry::key).toList();
    }

    /** Cosine distance, 0 to 2; between a vector of nothing but zeros and any other it is 1, and 0 between two such. */
    private static double distance(Entry.Vector one, Entry.Vector other) {
        float[] a = one.values();
        float[] b = other.values();
        if (a.length != b.length) {
            return 2;
        }
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        if (lengthA == 0 || lengthB == 0) {
            return lengthA == lengthB ? 0 : 1;
        }
        return Math.max(0, 1 - dot / Math.sqrt(lengthA * lengthB));
    }
}
