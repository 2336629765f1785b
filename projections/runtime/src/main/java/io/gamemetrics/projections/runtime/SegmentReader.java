package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.StreamStoppedException;
import io.gamemetrics.infrastructure.eventstream.Watermark;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a partition's records together to segments, each checked against the watermark that ends it. Nothing is handed on
 * before it is known to be complete, and nothing twice, wherever reading began. Used by one thread.
 */
final class SegmentReader {

    private final String projection;
    private List<StoredEvent> pending = new ArrayList<>();
    private long checksum;
    private boolean damaged;
    private Position position;

    /** @param position everything at or before it has been handled */
    SegmentReader(String projection, Position position) {
        this.projection = projection;
        this.position = position;
    }

    /**
     * Takes the partition's next record.
     *
     * @return the segment it completes, if it does
     * @throws IllegalArgumentException when it is a watermark of a format this build doesn't know
     * @throws StreamStoppedException when the stream belongs to another incarnation of the event store
     */
    Optional<Segment> accept(StreamRecord message) {
        switch (message) {
            case StreamRecord.Event(long offset, StoredEvent event, long hash) -> {
                pending.add(event);
                checksum += hash;
            }
            // The watermark says what should be here, and the store has it.
            case StreamRecord.Foreign foreign -> damaged = true;
            case StreamRecord.UnreadableMark mark -> throw mark.cause();
            case StreamRecord.Mark(long offset, Watermark watermark) -> {
                return Optional.of(end(watermark, offset + 1));
            }
        }
        return Optional.empty();
    }

    private Segment end(Watermark watermark, long nextOffset) {
        Position to = watermark.position();
        if (to.incarnation() != position.incarnation()) {
            throw StreamStoppedException.otherStore("Projection " + projection, position, to);
        }
        List<StoredEvent> events = pending;
        boolean complete = !damaged && events.size() == watermark.count() && checksum == watermark.checksum();
        pending = new ArrayList<>();
        checksum = 0;
        damaged = false;
        if (to.number() <= position.number()) {
            return new Segment(List.of(), position, watermark.at(), nextOffset);
        }
        boolean joins = watermark.from() <= position.number();
        long handled = position.number();
        position = to;
        if (!joins || !complete) {
            return new Segment(null, to, watermark.at(), nextOffset);
        }
        List<StoredEvent> fresh = watermark.from() == handled
                ? events
                : events.stream()
                        .filter(event -> event.position().number() > handled)
                        .toList();
        return new Segment(fresh, to, watermark.at(), nextOffset);
    }
}
