package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the profile behind each id must be, and what it is, in one line: by a guest's id, that of the account. */
final class ProfilesOracle {

    static final String FIELDS =
            "id displayName firstDay lastSeen sessions sessionSeconds purchases achievements acquisition platform country"
                    + " appVersion revenue { totalMicros iapMicros adMicros refundMicros }";

    private final History history;
    private final Map<String, List<JsonNode>> byPerson;
    private final Map<String, Long> lengths;

    ProfilesOracle(History history) {
        this.history = history;
        this.byPerson = history.byPerson();
        this.lengths = history.lengths();
    }

    static String answered(JsonNode player) {
        return line(
                player.path("id").asText(),
                List.of(
                        player.path("displayName").asText(),
                        player.path("acquisition").asText(),
                        player.path("platform").asText(),
                        player.path("country").asText(),
                        player.path("appVersion").asText()),
                player.path("firstDay").asText(),
                Instant.parse(player.path("lastSeen").asText()),
                player.path("sessions").asLong(),
                new BigDecimal(player.path("sessionSeconds").asText()),
                player.path("purchases").asLong(),
                player.path("achievements").asLong(),
                List.of(
                        player.at("/revenue/totalMicros").asLong(),
                        player.at("/revenue/iapMicros").asLong(),
                        player.at("/revenue/adMicros").asLong(),
                        player.at("/revenue/refundMicros").asLong()));
    }

    String expected(String player) {
        String person = history.person(player);
        List<JsonNode> events = Objects.requireNonNull(byPerson.get(person));
        long iap = sum(events, "purchase", "amountMicros");
        long ads = sum(events, "ad_viewed", "revenueMicros");
        long refunds = events.stream()
                .filter(event -> History.is(event, "purchase_refunded"))
                .mapToLong(history::refunded)
                .sum();
        long millis = events.stream()
                .filter(event -> History.is(event, "session_started"))
                .mapToLong(start -> lengths.getOrDefault(start.path("sessionId").asText(), 0L))
                .sum();
        return line(
                person,
                List.of(
                        History.latest(events, "displayName"),
                        History.latest(events, "acquisition"),
                        History.latest(events, "platform"),
                        History.latest(events, "country"),
                        History.latest(events, "appVersion")),
                String.valueOf(events.stream()
                        .map(history::day)
                        .min(Comparable::compareTo)
                        .orElseThrow()),
                events.stream().map(History::at).max(Comparable::compareTo).orElseThrow(),
                count(events, "session_started"),
                BigDecimal.valueOf(millis, 3),
                count(events, "purchase"),
                count(events, "achievement_unlocked"),
                List.of(iap + ads - refunds, iap, ads, refunds));
    }

    private static long count(List<JsonNode> events, String type) {
        return events.stream().filter(event -> History.is(event, type)).count();
    }

    private static long sum(List<JsonNode> events, String type, String field) {
        return events.stream()
                .filter(event -> History.is(event, type))
                .mapToLong(event -> event.path(field).asLong())
                .sum();
    }

    private static String line(
            String id,
            List<String> said,
            String firstDay,
            Instant lastSeen,
            long sessions,
            BigDecimal seconds,
            long purchases,
            long achievements,
            List<Long> revenue) {
        return id + " " + said + " since " + firstDay + ", last " + lastSeen + ", " + sessions + " sessions of "
                + seconds.stripTrailingZeros().toPlainString() + " s, " + purchases + " purchases, " + achievements
                + " achievements, total iap ads refunds " + revenue;
    }
}
