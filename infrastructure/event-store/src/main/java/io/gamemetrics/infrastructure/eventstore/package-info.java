/**
 * The event store: Axon's storage engine on PostgreSQL. Knows bytes, names and positions, and no game word.
 */
@NullMarked
package io.gamemetrics.infrastructure.eventstore;

import org.jspecify.annotations.NullMarked;
