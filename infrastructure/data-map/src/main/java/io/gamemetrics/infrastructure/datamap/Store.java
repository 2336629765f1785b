package io.gamemetrics.infrastructure.datamap;

import java.util.List;

/**
 * Where data lies, and why.
 *
 * @param name short, unique: the name of its file under {@code data-map}
 * @param where the technology, and where in it
 * @param purpose what it is there for
 * @param recipients who gets to see it
 */
public record Store(String name, String where, String purpose, String recipients, List<Place> places) {

    public Store {
        places = List.copyOf(places);
    }

    public boolean personal() {
        return places.stream().anyMatch(Place::personal);
    }
}
