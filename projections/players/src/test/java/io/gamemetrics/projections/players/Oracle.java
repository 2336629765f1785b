package io.gamemetrics.projections.players;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person's profile by definition: loops over a list of events, without a table or a sum kept between questions. */
final class Oracle {

    private final History history;

    Oracle(History history) {
        this.history = history;
    }

    int personOf(int player) {
        return history.personOf.getOrDefault(player, player);
    }

    /** The figures as text, in the same order as the test prints those of the projection. */
    String profile(int person) {
        List<Fact> own = history.facts.stream()
                .filter(fact -> personOf(fact.player()) == person)
                .toList();
        List<Instant> active = own.stream()
                .filter(fact -> history.anyEvent || fact.type().equals("started"))
                .map(Fact::at)
                .sorted()
                .toList();
        List<Long> lengths =
                own.stream().map(Fact::length).filter(Objects::nonNull).toList();
        long millis = lengths.stream().mapToLong(length -> length).sum();
        BigInteger iap = converted(own, "purchase");
        BigInteger ads = converted(own, "ad");
        BigInteger refunds = converted(own, "refunded");
        return "first " + (active.isEmpty() ? null : day(active.getFirst()))
                + " last " + (active.isEmpty() ? null : active.getLast())
                + " sessions " + count(own, "started")
                + " seconds " + BigDecimal.valueOf(millis, 3)
                + " mean "
                + (lengths.isEmpty()
                        ? null
                        : BigDecimal.valueOf(millis)
                                .divide(BigDecimal.valueOf(1_000L * lengths.size()), 6, RoundingMode.HALF_UP))
                + " purchases " + count(own, "purchase")
                + " achievements " + count(own, "achieved")
                + " revenue " + iap.add(ads).subtract(refunds) + " " + iap + " " + ads + " " + refunds
                + " of " + amounts(own, fact -> true)
                + " without " + amounts(own, fact -> rate(fact) == null)
                + " from " + latest(own, Fact::acquisition)
                + " on " + latest(own, fact -> fact.dimensions().platform())
                + " " + latest(own, fact -> fact.dimensions().country())
                + " " + latest(own, fact -> fact.dimensions().appVersion())
                + " named " + name(own);
    }

    private static long count(List<Fact> own, String type) {
        return own.stream().filter(fact -> fact.type().equals(type)).count();
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, history.zone);
    }

    /** The latest word; of two at one moment that later in its stream, then that greater as text. */
    private static @Nullable String latest(List<Fact> own, Function<Fact, @Nullable String> of) {
        return own.stream()
                .filter(fact -> of.apply(fact) != null)
                .max(Comparator.comparing(Fact::at)
                        .thenComparing(Fact::sequence)
                        .thenComparing(fact -> Objects.requireNonNull(of.apply(fact))))
                .map(of)
                .orElse(null);
    }

    /** Names can't be compared, they are encrypted: of two at one place that of the first player. */
    private static @Nullable String name(List<Fact> own) {
        return own.stream()
                .filter(fact -> fact.name() != null)
                .max(Comparator.comparing(Fact::at)
                        .thenComparing(Fact::sequence)
                        .thenComparing(Fact::player, Comparator.reverseOrder()))
                .map(fact -> fact.player() + ":" + fact.name())
                .orElse(null);
    }

    private @Nullable BigDecimal rate(Fact fact) {
        if (fact.currency().equals(history.currency)) {
            return BigDecimal.ONE;
        }
        var byDay = history.rates.get(fact.currency());
        var entry = byDay == null ? null : byDay.floorEntry(day(fact.at()));
        return entry == null ? null : entry.getValue();
    }

    private BigInteger converted(List<Fact> own, String type) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Fact fact : own) {
            Long micros = fact.micros();
            BigDecimal rate = rate(fact);
            if (fact.type().equals(type) && micros != null && rate != null) {
                sum = sum.add(rate.multiply(BigDecimal.valueOf(micros)));
            }
        }
        return sum.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static String amounts(List<Fact> own, Predicate<Fact> which) {
        Map<String, long[]> sums = new TreeMap<>();
        for (Fact fact : own) {
            int kind = List.of("purchase", "ad", "refunded").indexOf(fact.type());
            Long micros = fact.micros();
            if (kind >= 0 && micros != null && micros > 0 && which.test(fact)) {
                sums.computeIfAbsent(fact.currency(), key -> new long[3])[kind] += micros;
            }
        }
        return sums.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue()[0] + "," + e.getValue()[1] + "," + e.getValue()[2])
                .collect(Collectors.joining(" "));
    }
}
