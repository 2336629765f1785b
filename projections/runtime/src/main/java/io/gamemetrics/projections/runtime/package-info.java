/** The processor behind every projection: one runner, Kafka as live source, the event store as the other. */
@NullMarked
package io.gamemetrics.projections.runtime;

import org.jspecify.annotations.NullMarked;
