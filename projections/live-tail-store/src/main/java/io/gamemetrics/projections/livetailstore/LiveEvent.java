package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the live tail shows it, without anything that names a person.
 *
 * @param type as it is sent, for example {@code purchase}
 * @param name what the sender called a custom event; absent for all others
 * @param player the pseudonym; absent for an event without a player
 * @param occurredAt to the millisecond
 * @param storedAt to the millisecond
 * @param experiments arm by experiment
 * @param facts what else was sent and is not personal, by the names it was sent under
 */
public record LiveEvent(
        Position position,
        String type,
        @Nullable String name,
        @Nullable UUID player,
        Instant occurredAt,
        Instant storedAt,
        @Nullable String platform,
        @Nullable String country,
        @Nullable String appVersion,
        Map<String, String> experiments,
        Map<String, String> facts) {

    public LiveEvent {
        experiments = Map.copyOf(experiments);
        facts = Map.copyOf(facts);
    }
}
