package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads players' events as people read them, a page at a time. Safe for concurrent use. */
final class PersonEvents {

    private static final int PAGE = 500;

    private final EventStore store;
    private final EventCodec codec;

    PersonEvents(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    /** Where the streams end now: so far they are read. */
    Map<UUID, Long> heads(Collection<UUID> streams) {
        return new LinkedHashMap<>(store.headSequences(streams));
    }

    /** Gives every event up to there; whoever is erased meanwhile has none any more. */
    void read(Map<UUID, Long> heads, Archive.OneRow each) throws IOException {
        for (Map.Entry<UUID, Long> stream : heads.entrySet()) {
            for (long from = 0; from <= stream.getValue(); ) {
                List<StoredEvent> page = store.readStream(stream.getKey(), from, PAGE);
                if (page.isEmpty()) {
                    break;
                }
                List<Decoded> decoded = codec.decode(page);
                for (int i = 0; i < page.size(); i++) {
                    if (page.get(i).sequence() <= stream.getValue() && !(decoded.get(i) instanceof Decoded.Erased)) {
                        each.accept(row(page.get(i), decoded.get(i)));
                    }
                }
                from = page.getLast().sequence() + 1;
            }
        }
    }

    private static Map<String, Object> row(StoredEvent stored, Decoded decoded) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pseudonym", stored.stream().toString());
        row.put("sequence", stored.sequence());
        row.put(
                "type",
                EventCatalog.current()
                        .byNumber(stored.type())
                        .map(EventType::name)
                        .orElse("unknown"));
        row.put("storedAt", stored.storedAt().toString());
        switch (decoded) {
            case Decoded.Event event -> row.putAll(ReadableEvent.of(event.payload()));
            case Decoded.UnknownType unknown -> row.put("unreadable", "type " + unknown.type());
            case Decoded.Unreadable unreadable -> row.put("unreadable", unreadable.cause());
            case Decoded.Erased _ -> throw new IllegalArgumentException("an erased event has no row");
        }
        return row;
    }
}
