package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where something was found in a store, and how often. Used by one thread. */
final class Places {

    private final String store;
    private final Needles needles;
    private final List<Hit> others = new ArrayList<>();
    private final Map<String, Map<Integer, Long>> byPlace = new TreeMap<>();

    Places(String store, Needles needles) {
        this.store = store;
        this.needles = needles;
    }

    /** Looks through a value. */
    void look(String place, byte[] value) {
        needles.in(value).stream().forEach(needle -> byPlace.computeIfAbsent(place, any -> new TreeMap<>())
                .merge(needle, 1L, Long::sum));
    }

    /** What somebody else found. */
    void add(Collection<Hit> hits) {
        others.addAll(hits);
    }

    List<Hit> hits() {
        List<Hit> hits = new ArrayList<>(others);
        byPlace.forEach(
                (place, counts) -> counts.forEach((needle, values) -> hits.add(new Hit(store, place, needle, values))));
        return hits;
    }
}
