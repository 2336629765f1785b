package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How tables are looked after.
 *
 * @param compressAfter how old events are compressed; absent: never
 * @param keepEventsFor how old events are dropped; absent: never
 * @param every how long it rests in between, at least
 */
record UpkeepSettings(
        @Nullable Duration compressAfter, @Nullable Duration keepEventsFor, Duration every) {

    MetricsUpkeep of(ModelSchema schema) {
        return new MetricsUpkeep(schema, compressAfter, keepEventsFor, every);
    }
}
