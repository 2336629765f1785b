package io.gamemetrics.infrastructure.datamap;

import java.util.List;

/**
 * What lies together in a store and goes together.
 *
 * @param name a table, an event, a kind of keys, a file
 * @param kept until when, and by what it goes
 * @param fields in the order they were declared
 */
public record Place(String name, String kept, List<StoredField> fields) {

    public Place {
        fields = List.copyOf(fields);
    }

    public boolean personal() {
        return fields.stream().anyMatch(StoredField::personal);
    }
}
