package io.gamemetrics.infrastructure.datamap;

/**
 * One field of a store.
 *
 * @param name a column, a component of an event, a part of a key or value
 */
public record StoredField(String name, Nature nature) {

    public boolean personal() {
        return nature.personal();
    }
}
