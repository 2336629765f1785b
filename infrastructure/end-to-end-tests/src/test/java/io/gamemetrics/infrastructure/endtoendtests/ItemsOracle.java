package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What everybody has to do with each item, and what follows of it for recommendations. */
final class ItemsOracle {

    /** Of fewer persons nobody is told what is popular with them. */
    private static final int LEAST_PERSONS = 5;

    private final History history;
    private final Map<String, Map<String, Had>> byPerson = new TreeMap<>();
    private final Set<String> refundedInFull = new HashSet<>();

    ItemsOracle(History history) {
        this.history = history;
        history.of("purchase_refunded")
                .filter(refund -> history.refunded(refund) >= History.micros(history.purchaseOf(refund)))
                .forEach(refund -> refundedInFull.add(
                        history.purchaseOf(refund).path("eventId").asText()));
        history.of("purchase").forEach(purchase -> {
            Had had = had(purchase);
            had.paidFor = true;
            had.has |= !refundedInFull.contains(purchase.path("eventId").asText());
        });
        history.of("item_interacted").forEach(event -> {
            Had had = had(event);
            had.played |= event.path("kind").asText().equals("play");
            had.liked |= event.path("kind").asText().equals("like");
            had.viewed = true;
        });
    }

    private static final class Had {
        private boolean paidFor;
        private boolean has;
        private boolean played;
        private boolean liked;
        private boolean viewed;

        boolean owned() {
            return has || (played && !paidFor);
        }

        double value() {
            if (paidFor && !has) {
                return 0;
            }
            return has || played || liked ? 1 : viewed ? 0.25 : 0;
        }
    }

    private Had had(JsonNode event) {
        return byPerson.computeIfAbsent(history.person(event), person -> new TreeMap<>())
                .computeIfAbsent(event.path("itemId").asText(), item -> new Had());
    }

    /** Items a player is offered when owned ones are left out: whatever anybody likes, without these. */
    Set<String> offered(String player) {
        Set<String> items = new TreeSet<>();
        byPerson.values()
                .forEach(all -> all.forEach((item, had) -> {
                    if (had.value() > 0) {
                        items.add(item);
                    }
                }));
        byPerson.getOrDefault(history.person(player), Map.of()).forEach((item, had) -> {
            if (had.owned()) {
                items.remove(item);
            }
        });
        return items;
    }

    /** What somebody is offered who did nothing yet, in that country or in none: lines as {@link #line} makes them. */
    List<String> popular(String country) {
        List<String> lines = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        if (!country.isEmpty()) {
            addPopular(country, "popular in " + country, lines, listed);
        }
        addPopular("", "popular with all players", lines, listed);
        return lines;
    }

    static String line(String item, String score, String why) {
        return item + " " + score + " " + why;
    }

    private void addPopular(String country, String why, List<String> lines, Set<String> listed) {
        Map<String, Double> sums = new HashMap<>();
        Set<String> persons = byPerson.entrySet().stream()
                .filter(person -> person.getValue().values().stream().anyMatch(had -> had.value() > 0))
                .map(Map.Entry::getKey)
                .filter(person -> country.isEmpty() || country.equals(country(person)))
                .collect(Collectors.toSet());
        if (!country.isEmpty() && persons.size() < LEAST_PERSONS) {
            return;
        }
        for (String person : persons) {
            byPerson.getOrDefault(person, Map.of()).forEach((item, had) -> {
                if (had.value() > 0) {
                    sums.merge(item, had.value(), Double::sum);
                }
            });
        }
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .filter(item -> listed.add(item.getKey()))
                .forEach(item -> lines.add(line(item.getKey(), share(item.getValue(), persons.size()), why)));
    }

    /** Kept in single precision. */
    private static String share(double sum, int persons) {
        return BigDecimal.valueOf((float) (sum / persons))
                .setScale(6, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** The account's own, or else the guest's, each of whom is always in one. */
    private String country(String person) {
        Map<String, String> byPlayer = history.events().stream()
                .filter(event -> history.person(event).equals(person) && event.hasNonNull("country"))
                .collect(Collectors.toMap(
                        History::player, event -> event.path("country").asText(), (one, same) -> one));
        return byPlayer.getOrDefault(
                person, byPlayer.values().stream().findFirst().orElse(""));
    }
}
