package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How new the numbers are.
 *
 * @param position everything at or before it is counted: the least of the partitions'; null before the first batch
 * @param asOf when the partition furthest behind last moved; quiet partitions move several times a second; null as above
 * @param lagMillis now − asOf; null as above
 * @param openDay the game's local day now, whose numbers still grow
 * @param eventsFrom what occurred earlier, if the game had any, is only counted by days: what needs the events themselves
 *     is refused; null: all are kept
 * @param daysFrom days before, if the game had any, are not counted either; null: all are
 */
public record Freshness(
        @Nullable Position position,
        @Nullable Instant asOf,
        @Nullable Long lagMillis,
        LocalDate openDay,
        @Nullable Instant eventsFrom,
        @Nullable LocalDate daysFrom) {}
