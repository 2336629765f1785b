package io.gamemetrics.queryside.livetail;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event as a subscriber gets it.
 *
 * @param player the pseudonym; absent for an event without a player
 * @param experiments each {@code experiment:arm}, in order
 * @param leftOut events that match too, and were left out since the one before
 * @param gap whether there may be more of those than {@code leftOut} says
 */
public record Notice(
        Position position,
        String type,
        @Nullable String name,
        @Nullable UUID player,
        Instant occurredAt,
        Instant storedAt,
        @Nullable String platform,
        @Nullable String country,
        @Nullable String appVersion,
        List<String> experiments,
        List<Fact> facts,
        long leftOut,
        boolean gap) {

    /** A value that was sent, as text. */
    public record Fact(String name, String value) {}

    static Notice of(LiveEvent event, long leftOut, boolean gap) {
        return new Notice(
                event.position(),
                event.type(),
                event.name(),
                event.player(),
                event.occurredAt(),
                event.storedAt(),
                event.platform(),
                event.country(),
                event.appVersion(),
                sorted(event.experiments())
                        .map(arm -> arm.getKey() + ":" + arm.getValue())
                        .toList(),
                sorted(event.facts())
                        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                        .toList(),
                leftOut,
                gap);
    }

    private static Stream<Map.Entry<String, String>> sorted(Map<String, String> map) {
        return map.entrySet().stream().sorted(Map.Entry.comparingByKey());
    }
}
