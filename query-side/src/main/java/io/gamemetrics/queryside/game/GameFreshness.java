package io.gamemetrics.queryside.game;

import io.gamemetrics.projections.metricsstore.Freshness;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How new a game's answers are; by its numbers.
 *
 * @param position absent before the metrics' first events
 * @param asOf absent as above
 * @param lagMillis absent as above
 * @param openDay today in the game's zone
 * @param eventsFrom since when all events are kept; absent: since ever
 * @param daysFrom the first day that is kept; absent: all are
 */
record GameFreshness(
        @Nullable Position position,
        @Nullable Instant asOf,
        @Nullable Long lagMillis,
        LocalDate openDay,
        @Nullable Instant eventsFrom,
        @Nullable LocalDate daysFrom) {

    static GameFreshness of(Freshness numbers) {
        return new GameFreshness(
                numbers.position(),
                numbers.asOf(),
                numbers.lagMillis(),
                numbers.openDay(),
                numbers.eventsFrom(),
                numbers.daysFrom());
    }

    /** Of a game the metrics know nothing of. */
    static GameFreshness withoutNumbers(LocalDate openDay) {
        return new GameFreshness(null, null, null, openDay, null, null);
    }
}
