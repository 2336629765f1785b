package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.Filter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The metrics by definition: loops over a list of events, without a table, a sum or a set kept between questions. */
final class Oracle {

    private final List<Fact> facts;
    private final ZoneId zone;
    private final boolean anyEvent;
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> rates;
    private final Map<Integer, Person> people = new HashMap<>();

    record Person(
            @Nullable String acquisition,
            @Nullable Instant first,
            @Nullable LocalDate firstDay,
            boolean payer) {}

    /** What a stretch of time adds up to, as text: the same figures in the same order as the test prints them. */
    record Counted(
            long active,
            long fresh,
            long payers,
            long events,
            long sessions,
            @Nullable BigDecimal meanSeconds,
            long purchases,
            BigInteger iap,
            BigInteger ads,
            BigInteger refunds,
            String byCurrency,
            String unconverted) {}

    Oracle(List<Fact> facts, ZoneId zone, boolean anyEvent, Map<String, NavigableMap<LocalDate, BigDecimal>> rates) {
        this.facts = facts;
        this.zone = zone;
        this.anyEvent = anyEvent;
        this.rates = rates;
        Set<Integer> players =
                facts.stream().map(Fact::player).filter(p -> p >= 0).collect(Collectors.toSet());
        for (int player : players) {
            List<Fact> own = facts.stream().filter(f -> f.player() == player).toList();
            Fact registration = own.stream()
                    .filter(f -> f.acquisition() != null)
                    .max(Comparator.comparing(Fact::at)
                            .thenComparingLong(Fact::sequence)
                            .thenComparing(f -> Objects.requireNonNull(f.acquisition())))
                    .orElse(null);
            Instant first = own.stream()
                    .filter(this::activates)
                    .map(Fact::at)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            people.put(
                    player,
                    new Person(
                            registration == null ? null : registration.acquisition(),
                            first,
                            first == null ? null : day(first),
                            own.stream().anyMatch(Oracle::pays)));
        }
    }

    LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    @Nullable
    Person person(Fact fact) {
        return people.get(fact.player());
    }

    private boolean activates(Fact fact) {
        return anyEvent || fact.is("session_started");
    }

    private static boolean pays(Fact fact) {
        return fact.is("purchase") && Objects.requireNonNull(fact.micros()) > 0;
    }

    private static long players(List<Fact> of, Predicate<Fact> which) {
        return of.stream().filter(which).map(Fact::player).distinct().count();
    }

    List<Fact> under(Filter where) {
        return facts.stream().filter(f -> f.passes(where, person(f))).toList();
    }

    /** @param when the stretch: an event counts when it holds, a player is new when it holds of their first activity */
    Counted count(Filter where, Predicate<Instant> when) {
        List<Fact> in = under(where).stream()
                .filter(f -> f.player() >= 0 && when.test(f.at()))
                .toList();
        List<Fact> starts = in.stream().filter(f -> f.is("session_started")).toList();
        List<Long> lengths =
                starts.stream().map(Fact::length).filter(Objects::nonNull).toList();
        return new Counted(
                players(in, this::activates),
                players(in, f -> activates(f) && newIn(f, when)),
                players(in, Oracle::pays),
                in.size(),
                starts.size(),
                lengths.isEmpty()
                        ? null
                        : BigDecimal.valueOf(lengths.stream().mapToLong(l -> l).sum())
                                .divide(BigDecimal.valueOf(1000L * lengths.size()), 6, RoundingMode.HALF_UP),
                in.stream().filter(f -> f.is("purchase")).count(),
                converted(in, "purchase"),
                converted(in, "ad_viewed"),
                converted(in, "purchase_refunded"),
                amounts(in, f -> true),
                amounts(in, f -> rate(f) == null));
    }

    private boolean newIn(Fact fact, Predicate<Instant> when) {
        Person person = person(fact);
        return person != null && person.first() != null && when.test(person.first());
    }

    private @Nullable BigDecimal rate(Fact fact) {
        if ("USD".equals(fact.currency())) {
            return BigDecimal.ONE;
        }
        var byDay = rates.get(fact.currency());
        var entry = byDay == null ? null : byDay.floorEntry(day(fact.at()));
        return entry == null ? null : entry.getValue();
    }

    private BigInteger converted(List<Fact> in, String type) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Fact fact : in) {
            Long micros = fact.micros();
            BigDecimal rate = rate(fact);
            if (fact.is(type) && micros != null && rate != null) {
                sum = sum.add(rate.multiply(BigDecimal.valueOf(micros)));
            }
        }
        return sum.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static String amounts(List<Fact> in, Predicate<Fact> which) {
        Map<String, long[]> sums = new TreeMap<>();
        for (Fact fact : in) {
            int kind = List.of("purchase", "ad_viewed", "purchase_refunded").indexOf(fact.type());
            if (kind >= 0 && fact.micros() != null && fact.micros() > 0 && which.test(fact)) {
                sums.computeIfAbsent(fact.currency(), key -> new long[3])[kind] += fact.micros();
            }
        }
        return sums.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue()[0] + "," + e.getValue()[1] + "," + e.getValue()[2])
                .collect(Collectors.joining(" "));
    }

    long active(Filter where, LocalDate from, LocalDate to) {
        return count(where, at -> !day(at).isBefore(from) && !day(at).isAfter(to))
                .active();
    }

    @Nullable
    LocalDate lastActiveDay() {
        return facts.stream()
                .filter(f -> f.player() >= 0 && activates(f))
                .map(f -> day(f.at()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Players new on the day and active on it under the filter, and those of them active n days later. */
    long[] cohort(Filter where, LocalDate day, int n) {
        Set<Integer> size = activeOn(where, day);
        size.removeIf(
                player -> !day.equals(Objects.requireNonNull(people.get(player)).firstDay()));
        Set<Integer> returned = activeOn(where, day.plusDays(n));
        returned.retainAll(size);
        return new long[] {size.size(), returned.size()};
    }

    private Set<Integer> activeOn(Filter where, LocalDate day) {
        return under(where).stream()
                .filter(f -> f.player() >= 0 && activates(f) && day(f.at()).equals(day))
                .map(Fact::player)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Players by step reached, trying every way there is. */
    long[] funnel(Filter where, List<String> steps, Duration within, LocalDate from, LocalDate to) {
        long[] reached = new long[steps.size()];
        Map<Integer, List<Fact>> byPlayer = under(where).stream()
                .filter(f -> f.player() >= 0)
                .sorted(Fact.ORDER)
                .collect(Collectors.groupingBy(Fact::player));
        for (List<Fact> own : byPlayer.values()) {
            int furthest = 0;
            for (int start = 0; start < own.size(); start++) {
                Fact first = own.get(start);
                if (!first.type().equals(steps.getFirst())
                        || day(first.at()).isBefore(from)
                        || day(first.at()).isAfter(to)) {
                    continue;
                }
                int step = 1;
                for (int next = start + 1; next < own.size() && step < steps.size(); next++) {
                    boolean inTime =
                            Duration.between(first.at(), own.get(next).at()).compareTo(within) <= 0;
                    step += inTime && own.get(next).type().equals(steps.get(step)) ? 1 : 0;
                }
                furthest = Math.max(furthest, step);
            }
            for (int step = 0; step < furthest; step++) {
                reached[step]++;
            }
        }
        return reached;
    }

    /** {@code item revenue purchases payers}, greatest revenue first. */
    List<String> items(LocalDate from, LocalDate to) {
        record Item(String id, BigInteger micros, long purchases, long payers) {}
        Map<String, List<Fact>> byItem = facts.stream()
                .filter(f -> f.item() != null
                        && f.micros() != null
                        && !day(f.at()).isBefore(from)
                        && !day(f.at()).isAfter(to))
                .collect(Collectors.groupingBy(f -> Objects.requireNonNull(f.item())));
        List<Item> items = new ArrayList<>();
        byItem.forEach((item, of) -> {
            BigDecimal micros = BigDecimal.ZERO;
            for (Fact fact : of) {
                BigDecimal rate = rate(fact);
                if (rate != null) {
                    BigDecimal amount = rate.multiply(BigDecimal.valueOf(Objects.requireNonNull(fact.micros())));
                    micros = fact.is("purchase") ? micros.add(amount) : micros.subtract(amount);
                }
            }
            items.add(new Item(
                    item,
                    micros.setScale(0, RoundingMode.HALF_UP).toBigInteger(),
                    of.stream().filter(f -> f.is("purchase")).count(),
                    players(of, Oracle::pays)));
        });
        return items.stream()
                .sorted(Comparator.comparing(Item::micros).reversed().thenComparing(Item::id))
                .map(i -> i.id + " " + i.micros + " " + i.purchases + " " + i.payers)
                .toList();
    }
}
