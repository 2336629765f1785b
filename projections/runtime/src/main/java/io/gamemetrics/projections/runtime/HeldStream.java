package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.QuarantinedStream;

/**
 * A quarantined stream with what the event store says in clear of the event the others wait for.
 *
 * @param tenant the game's number
 * @param type the catalog's number of the event's name
 */
public record HeldStream(QuarantinedStream stream, int tenant, int type, int revision) {}
