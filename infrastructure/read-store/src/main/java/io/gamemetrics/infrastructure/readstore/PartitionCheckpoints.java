package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a read model has come on each partition of the stream, and what waits there. Safe for concurrent use. Every method
 * throws an unchecked exception of the store's when that can't be asked.
 */
public interface PartitionCheckpoints {

    /** The partition's checkpoint; absent before its first batch. */
    @Nullable
    Checkpoint checkpoint(int partition);

    /** Streams whose events wait behind one that could not be applied, in this partition, in order of that one. */
    List<QuarantinedStream> quarantined(int partition);

    /** The first parked events of a stream in this partition, in order; at most so many. */
    List<ParkedEvent> parked(int partition, UUID stream, int most);
}
