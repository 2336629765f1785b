package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies between two watermarks of a partition.
 *
 * @param events events that are new to the reader, proved complete by the watermark; absent: Kafka's are not all there,
 *     and the range up to {@code position} has to be read from the event store
 * @param position where the reader is after it
 * @param asOf everything stored before this instant is at or before {@code position}
 * @param nextOffset where the next segment begins
 */
record Segment(@Nullable List<StoredEvent> events, Position position, Instant asOf, long nextOffset) {}
