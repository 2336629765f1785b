package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.privacy.OutlivesItsPerson;

/**
 * An event as the store and the stream know it. Number and name belong to it for ever.
 *
 * @param revision the revision new events are written in, from 1
 * @param configuration whether it configures a game, so that every partition of the stream needs it
 */
public record EventType(int number, String name, int revision, Class<?> payload, boolean configuration) {

    /** Whether it lies in a person's stream under their game's key, to be read when their own is destroyed. */
    public boolean outlivesItsPerson() {
        return OutlivesItsPerson.class.isAssignableFrom(payload);
    }
}
