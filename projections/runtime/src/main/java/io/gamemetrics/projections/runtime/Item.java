package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;

/** What is to be done with one event of a batch. */
sealed interface Item {

    StoredEvent event();

    /** Hand it to the projection. */
    record Apply(StoredEvent event, Object payload, EventPlace place) implements Item {}

    /** Only count it: it is of no interest here, and was not read, or its person was erased. */
    record Pass(StoredEvent event, boolean erased) implements Item {}

    /** Park it, and whatever comes of its stream later. */
    record Park(StoredEvent event, String cause) implements Item {}

    /** This build can't tell what it is. */
    record Unknown(StoredEvent event) implements Item {}

    /** Where an event stands. */
    static EventPlace placeOf(StoredEvent event, int playerNumber, int otherNumber) {
        return new EventPlace(
                event.position(),
                event.tenant(),
                event.stream(),
                playerNumber,
                event.sequence(),
                event.storedAt(),
                otherNumber);
    }
}
