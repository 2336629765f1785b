package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;

/** All events there are: their bytes as they are stored, and what they hold where its key still exists. */
final class EventsSearch implements SearchedStore {

    private static final int PAGE = 2_000;

    private final EventStore store;
    private final EventCodec codec;

    EventsSearch(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public void search(Needles needles, Places found) {
        long end = store.position().number();
        Position at = new Position(store.position().incarnation(), 0);
        while (at.number() < end) {
            List<StoredEvent> page = store.read(at, PAGE);
            if (page.isEmpty()) {
                return;
            }
            look(page, codec, found);
            at = page.getLast().position();
        }
    }

    static void look(List<StoredEvent> events, EventCodec codec, Places found) {
        events.forEach(event -> found.look("payload", event.payload()));
        for (byte[] plain : codec.open(events)) {
            if (plain.length > 0) {
                found.look("decoded", plain);
            }
        }
    }
}
