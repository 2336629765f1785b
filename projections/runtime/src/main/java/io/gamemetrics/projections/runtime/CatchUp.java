package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Builds a partition from the event store until Kafka can take over without a gap: near the store's head the end of
 * Kafka's log is noted, then the head itself is asked for, and the store is read up to there. Whatever comes after the
 * noted offset and is not above that head was read twice at most, and is dropped by its position.
 */
final class CatchUp {

    /** So near the head the rest is read in one go. */
    private static final int NEAR_EVENTS = 10_000;

    /** A first version that is at most so far behind begins with what Kafka has. */
    private static final int FAR_EVENTS = 100_000;

    /** Than live batches: nobody waits for these, and the more events, the more of them fall on one row. */
    private static final int LARGER = 2;

    private final EventStore store;
    private final StoreFeed feed;
    private final ModelVersion version;
    private final IntToLongFunction endOffset;
    private final int flushEvents;

    /** @param endOffset the end of what is committed in Kafka's log of a partition now */
    CatchUp(EventStore store, StoreFeed feed, ModelVersion version, IntToLongFunction endOffset, int flushEvents) {
        this.store = store;
        this.feed = feed;
        this.version = version;
        this.endOffset = endOffset;
        this.flushEvents = flushEvents;
    }

    /** Whether a partition that begins here is built from the event store first. */
    boolean isNeeded(Checkpoint from, Position head) {
        long behind = head.number() - from.position().number();
        return version.number() > 1
                ? from.nextOffset() == Inbox.BEGINNING || behind > FAR_EVENTS
                : from.nextOffset() == Inbox.BEGINNING && behind > FAR_EVENTS;
    }

    /** Reads the store until Kafka can take over, or until the inbox is closed. */
    void run(int partition, BatchApplier here, Inbox inbox) throws InterruptedException {
        tell(partition, here.current());
        try (StorePart part = feed.open(partition, here.current().position())) {
            Position near = store.position();
            while (!inbox.isClosed() && behind(here, near) > NEAR_EVENTS) {
                step(partition, part, here, inbox, near);
                near = store.position();
            }
            if (inbox.isClosed()) {
                return;
            }
            long offset = endOffset.applyAsLong(partition);
            Position head = store.position();
            while (!inbox.isClosed() && behind(here, head) > 0) {
                step(partition, part, here, inbox, head);
            }
            if (!inbox.isClosed()) {
                Checkpoint at = here.current();
                here.apply(List.of(), at.position(), at.asOf(), offset);
            }
        }
    }

    private static long behind(BatchApplier here, Position head) {
        return head.number() - here.current().position().number();
    }

    /**
     * Takes as much as is written at once, up to the end of a range, and writes it; less when the head is reached, or no
     * more comes for a moment. Large batches fold more events into each row.
     *
     * @param head what comes in behind it is not waited for: a steady trickle would fill the batch, but late
     */
    private void step(int partition, StorePart part, BatchApplier here, Inbox inbox, Position head)
            throws InterruptedException {
        List<StoredEvent> events = new ArrayList<>();
        Position to = null;
        Instant asOf = here.current().asOf();
        StorePage page = part.take();
        while (page != null) {
            events.addAll(page.events());
            to = page.position();
            asOf = page.asOf().isAfter(asOf) ? page.asOf() : asOf;
            page = isEnough(events.size(), to) || to.number() >= head.number() ? null : part.take();
        }
        if (to != null) {
            Position end = to;
            Instant upTo = asOf;
            version.pace().inTurn(() -> {
                // Its turn may have come when it was no longer wanted.
                if (!inbox.isClosed()) {
                    here.apply(events, end, upTo, Inbox.BEGINNING);
                }
            });
            tell(partition, here.current());
        }
    }

    private boolean isEnough(int events, @Nullable Position to) {
        return events >= LARGER * flushEvents || (to != null && to.number() % Milestones.RANGE == 0);
    }

    private void tell(int partition, Checkpoint at) {
        if (Milestones.isAt(at)) {
            version.milestones().reached(partition, at);
        }
    }
}
