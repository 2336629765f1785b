package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the metrics of each day and retention must come to, and what they are. A line a day, a line for each n. */
record DaysOracle(History history, LocalDate from, LocalDate to) {

    private static final List<Integer> AFTER = List.of(1, 2, 3);

    String fields() {
        return """
                dailyMetrics(from: "%1$s", to: "%2$s") {
                  day dau newPlayers sessions meanSessionSeconds purchases payers
                  revenue { totalMicros iapMicros adMicros refundMicros }
                }
                retention(from: "%1$s", to: "%2$s", days: %3$s) { summary { day observed returned } }
                """.formatted(from, to, AFTER);
    }

    static List<String> answered(JsonNode game) {
        List<String> lines = new ArrayList<>();
        game.path("dailyMetrics")
                .forEach(day -> lines.add(line(
                        day.path("day").asText(),
                        day.path("dau").asLong(),
                        day.path("newPlayers").asLong(),
                        day.path("sessions").asLong(),
                        day.path("meanSessionSeconds").asText(),
                        day.path("purchases").asLong(),
                        day.path("payers").asLong(),
                        List.of(
                                day.at("/revenue/totalMicros").asLong(),
                                day.at("/revenue/iapMicros").asLong(),
                                day.at("/revenue/adMicros").asLong(),
                                day.at("/revenue/refundMicros").asLong()))));
        game.at("/retention/summary")
                .forEach(point -> lines.add("day " + point.path("day").asText() + ": "
                        + point.path("returned").asText() + " of "
                        + point.path("observed").asText()));
        return lines;
    }

    List<String> expected() {
        Map<String, Set<LocalDate>> active = new TreeMap<>();
        history.byPerson()
                .forEach((person, events) ->
                        active.put(person, events.stream().map(history::day).collect(Collectors.toSet())));
        Map<String, LocalDate> firsts = new TreeMap<>();
        active.forEach((person, days) ->
                firsts.put(person, days.stream().min(LocalDate::compareTo).orElseThrow()));
        List<String> lines = new ArrayList<>(from.datesUntil(to.plusDays(1))
                .map(day -> day(day, active, firsts))
                .toList());
        LocalDate last = active.values().stream()
                .flatMap(Set::stream)
                .max(LocalDate::compareTo)
                .orElseThrow();
        for (int after : AFTER) {
            List<String> observed = firsts.keySet().stream()
                    .filter(person -> !first(firsts, person).plusDays(after).isAfter(last))
                    .toList();
            long returned = observed.stream()
                    .filter(person -> Objects.requireNonNull(active.get(person))
                            .contains(first(firsts, person).plusDays(after)))
                    .count();
            lines.add("day " + after + ": " + returned + " of " + observed.size());
        }
        return lines;
    }

    private static LocalDate first(Map<String, LocalDate> firsts, String person) {
        return Objects.requireNonNull(firsts.get(person));
    }

    private String day(LocalDate day, Map<String, Set<LocalDate>> active, Map<String, LocalDate> firsts) {
        Map<String, Long> lengths = history.lengths();
        List<JsonNode> sessions = on(day, "session_started").toList();
        List<JsonNode> purchases = on(day, "purchase").toList();
        long iap = purchases.stream().mapToLong(History::micros).sum();
        long ads = on(day, "ad_viewed")
                .mapToLong(ad -> ad.path("revenueMicros").asLong())
                .sum();
        long refunds = on(day, "purchase_refunded").mapToLong(history::refunded).sum();
        return line(
                day.toString(),
                active.values().stream().filter(days -> days.contains(day)).count(),
                firsts.values().stream().filter(day::equals).count(),
                sessions.size(),
                History.mean(sessions.stream()
                        .map(start -> lengths.get(start.path("sessionId").asText()))
                        .filter(Objects::nonNull)
                        .toList()),
                purchases.size(),
                purchases.stream()
                        .filter(purchase -> History.micros(purchase) > 0)
                        .map(history::person)
                        .distinct()
                        .count(),
                List.of(iap + ads - refunds, iap, ads, refunds));
    }

    private Stream<JsonNode> on(LocalDate day, String type) {
        return history.of(type).filter(event -> history.day(event).equals(day));
    }

    private static String line(
            String day,
            long dau,
            long newPlayers,
            long sessions,
            String mean,
            long purchases,
            long payers,
            List<Long> revenue) {
        return day + ": " + dau + " active, " + newPlayers + " new, " + sessions + " sessions of " + mean + " s, "
                + purchases + " purchases by " + payers + ", total iap ads refunds " + revenue;
    }
}
