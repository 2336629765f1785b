package io.gamemetrics.infrastructure.datamap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what a store's file declares with what is there. */
final class Declared {

    private final Store store;

    Declared(Store store) {
        this.store = store;
    }

    /**
     * A sentence for each difference, in order.
     *
     * @param there the fields of each place
     */
    List<String> differences(Map<String, ? extends Set<String>> there) {
        Map<String, Set<String>> declared = new TreeMap<>();
        store.places()
                .forEach(place -> declared.put(
                        place.name(),
                        new TreeSet<>(
                                place.fields().stream().map(StoredField::name).toList())));
        List<String> differences = new ArrayList<>();
        new TreeMap<>(there).forEach((place, fields) -> new TreeSet<>(fields)
                .stream()
                        .filter(field -> !declared.getOrDefault(place, Set.of()).contains(field))
                        .forEach(field -> differences.add(place + "." + field
                                + " is stored and in no data map: say in " + file() + " under [" + place
                                + "] whether it is personal")));
        declared.forEach((place, fields) -> {
            if (!there.containsKey(place)) {
                differences.add(place + " is in the data map and nowhere else: take it out of " + file());
            } else {
                fields.stream()
                        .filter(field -> !there.get(place).contains(field))
                        .forEach(field -> differences.add(place + "." + field
                                + " is in the data map and nowhere else: take it out of " + file()));
            }
        });
        return differences;
    }

    private String file() {
        return "infrastructure/data-map/src/main/resources/data-map/" + store.name() + ".map";
    }
}
