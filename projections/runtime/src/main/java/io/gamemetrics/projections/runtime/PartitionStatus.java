package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is doing on one partition.
 *
 * @param position everything at or before it has been handled; absent before the checkpoint was read
 * @param asOf everything stored before this instant has been handled; its age is the lag; absent before the first
 *     watermark
 * @param quarantined streams whose events wait
 * @param handled events handled since the projection was new
 * @param checksum sum of their hashes modulo 2^64
 * @param erased events skipped since this instance took the partition, because their person was erased; of types the
 *     projection does something with
 * @param rangesFromStore ranges that Kafka no longer had, or had wrong, and that were read from the event store instead
 * @param problem one sentence while something is wrong; absent when all is well
 */
public record PartitionStatus(
        int partition,
        State state,
        @Nullable Position position,
        @Nullable Instant asOf,
        int quarantined,
        long handled,
        long checksum,
        long erased,
        long rangesFromStore,
        @Nullable String problem) {

    /** What happens on the partition at the moment. */
    public enum State {
        /** Reading its checkpoint, or waiting after trouble that passes. */
        STARTING,
        /** Reading the event store, because it is far behind what Kafka has. */
        BUILDING,
        /** Following the stream. */
        RUNNING,
        /** An operator has to act: see the problem. */
        PAUSED,
        /** Given up to another instance, or closed. */
        ENDED
    }
}
