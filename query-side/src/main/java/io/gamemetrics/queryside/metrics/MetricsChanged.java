package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A game's numbers changed.
 *
 * @param position everything at or before it is counted
 * @param from the first day that changed; absent, with {@code to}, when it may be any
 */
public record MetricsChanged(
        Position position,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    static MetricsChanged on(Position position, Days days) {
        return new MetricsChanged(position, days.first(), days.last());
    }
}
