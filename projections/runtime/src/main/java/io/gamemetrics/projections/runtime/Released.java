package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What came of a release.
 *
 * @param applied events that are not parked any more and took effect, or had none to take
 * @param skipped events that were passed over by order
 * @param stopped the event that could not be applied; it and what comes behind it stay parked. Absent: nothing is left
 */
public record Released(long applied, int skipped, @Nullable ParkedEvent stopped) {}
