package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Decodes a batch's events in one group, those a projection reads and does something with. */
final class EventReader {

    private final EventCodec codec;
    private final Predicate<StoredEvent> isRead;

    /** @param selection which of the partition's events are handled */
    EventReader(EventCodec codec, IntPredicate configuration, Projection projection, Predicate<StoredEvent> selection) {
        this.codec = codec;
        Predicate<StoredEvent> given =
                switch (projection.reads()) {
                    case EVERYTHING -> selection;
                    case CONFIGURATION -> event -> configuration.test(event.type()) && selection.test(event);
                };
        this.isRead = new Handled(projection, codec).and(given);
    }

    /** What is to be done with each event, in order. */
    List<Item> read(List<StoredEvent> events) {
        // Asked once: what is read may change meanwhile.
        List<StoredEvent> wanted = new ArrayList<>(events.size());
        BitSet asked = new BitSet(events.size());
        for (int i = 0; i < events.size(); i++) {
            if (isRead.test(events.get(i))) {
                wanted.add(events.get(i));
                asked.set(i);
            }
        }
        Iterator<Decoded> decoded = (wanted.isEmpty() ? List.<Decoded>of() : codec.decode(wanted)).iterator();
        List<Item> items = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            items.add(asked.get(i) ? item(event, decoded.next()) : new Item.Pass(event, false));
        }
        return items;
    }

    private static Item item(StoredEvent event, Decoded decoded) {
        return switch (decoded) {
            case Decoded.Event(Object payload, int subject, int other) ->
                new Item.Apply(event, payload, Item.placeOf(event, subject, other));
            case Decoded.Erased() -> new Item.Pass(event, true);
            case Decoded.UnknownType(int type, int revision) -> new Item.Unknown(event);
            case Decoded.Unreadable(String cause) -> new Item.Park(event, cause);
        };
    }
}
