package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events as they were sent and acknowledged, for oracles that count them by the definitions. No two occurred at the same
 * moment, unless they are of different players who are never linked; all money is in the game's currency.
 */
final class History {

    private final ZoneId zone;
    private final List<JsonNode> events;
    private final Map<String, String> accounts = new HashMap<>();
    private final Map<String, JsonNode> byPlayerAndId = new HashMap<>();

    /** @param zone the game's */
    History(ZoneId zone, List<JsonNode> events) {
        this.zone = zone;
        this.events = List.copyOf(events);
        for (JsonNode event : events) {
            byPlayerAndId.put(player(event) + "|" + event.path("eventId").asText(), event);
            if (event.hasNonNull("linkedPlayerId")) {
                accounts.put(event.path("linkedPlayerId").asText(), player(event));
            }
        }
    }

    List<JsonNode> events() {
        return events;
    }

    Stream<JsonNode> of(String type) {
        return events.stream().filter(event -> type.equals(event.path("type").asText()));
    }

    /** Everybody who sent anything, or was linked. */
    Set<String> players() {
        Set<String> players = events.stream().map(History::player).collect(Collectors.toCollection(TreeSet::new));
        players.addAll(accounts.keySet());
        return players;
    }

    /** Whose history a player's belongs to: the account of a linked guest. */
    String person(String player) {
        return accounts.getOrDefault(player, player);
    }

    String person(JsonNode event) {
        return person(player(event));
    }

    Map<String, List<JsonNode>> byPerson() {
        return events.stream().collect(Collectors.groupingBy(this::person, TreeMap::new, Collectors.toList()));
    }

    LocalDate day(JsonNode event) {
        return at(event).atZone(zone).toLocalDate();
    }

    /** Micros of a refund: what was said, or all of its purchase. */
    long refunded(JsonNode refund) {
        return refund.hasNonNull("amountMicros") ? micros(refund) : micros(purchaseOf(refund));
    }

    JsonNode purchaseOf(JsonNode refund) {
        return Objects.requireNonNull(byPlayerAndId.get(
                player(refund) + "|" + refund.path("purchaseEventId").asText()));
    }

    /** The last event of those that say it. */
    static String latest(List<JsonNode> of, String field) {
        return of.stream()
                .filter(event -> event.hasNonNull(field))
                .max(Comparator.comparing(History::at))
                .map(event -> event.path(field).asText())
                .orElse("null");
    }

    static long micros(JsonNode event) {
        return event.path("amountMicros").asLong();
    }

    static String player(JsonNode event) {
        return event.path("playerId").asText();
    }

    static Instant at(JsonNode event) {
        return Instant.parse(event.path("occurredAt").asText());
    }

    static boolean is(JsonNode event, String type) {
        return type.equals(event.path("type").asText());
    }

    /** Milliseconds of a session by its id: what its end says, or the time between start and end. */
    Map<String, Long> lengths() {
        Map<String, Instant> starts = of("session_started")
                .collect(Collectors.toMap(event -> event.path("sessionId").asText(), History::at));
        Map<String, Long> lengths = new HashMap<>();
        of("session_ended").forEach(end -> {
            String session = end.path("sessionId").asText();
            long between = at(end).toEpochMilli()
                    - Objects.requireNonNull(starts.get(session)).toEpochMilli();
            lengths.put(
                    session,
                    end.hasNonNull("durationMillis")
                            ? end.path("durationMillis").asLong()
                            : between);
        });
        return lengths;
    }

    /** Seconds with six decimals, as GraphQL answers them; {@code null} of no lengths. */
    static String mean(List<Long> millis) {
        return millis.isEmpty()
                ? "null"
                : BigDecimal.valueOf(millis.stream().mapToLong(Long::longValue).sum())
                        .movePointLeft(3)
                        .divide(BigDecimal.valueOf(millis.size()), 6, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
