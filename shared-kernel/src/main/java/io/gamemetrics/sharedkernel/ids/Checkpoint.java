package io.gamemetrics.sharedkernel.ids;

import java.time.Instant;

/**
 * How far one projection has come on one partition of the stream. Saved in the projection's own store, in the same
 * transaction as what the events changed.
 *
 * @param position everything of this partition at or before it has been handled; of the store's incarnation at the time
 * @param asOf the publisher's clock when {@code position} was the newest: readers see everything stored before it
 * @param nextOffset the offset in Kafka's partition to read next, or -1 when the last range came from the event store
 * @param handledCount events handled on this partition since the projection was new
 * @param handledChecksum sum modulo 2^64 of the handled events' hashes; an order-free proof of completeness
 */
public record Checkpoint(Position position, Instant asOf, long nextOffset, long handledCount, long handledChecksum) {

    /** Whether the partition is still built from the event store: the stream has not taken over. */
    public boolean isBuilding() {
        return nextOffset < 0;
    }
}
