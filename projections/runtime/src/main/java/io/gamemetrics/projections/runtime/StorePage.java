package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;

/**
 * One partition's part of a page of the event store.
 *
 * @param position the end of the page, whatever partition its last event is of
 * @param asOf everything stored before this instant is at or before {@code position}
 */
record StorePage(List<StoredEvent> events, Position position, Instant asOf) {}
