package io.gamemetrics.infrastructure.demo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Gems for money, at the same number in every currency. */
record DemoOffer(String itemId, long amountMicros, int gems) {

    private static final Chances POPULAR = Chances.of("gems80 6, gems500 3, gems1200 1");
    private static final Map<String, DemoOffer> ALL = offers(List.of(
            new DemoOffer("gems80", 990_000, 80),
            new DemoOffer("gems500", 4_990_000, 500),
            new DemoOffer("gems1200", 9_990_000, 1_200)));
    private static final Set<String> EURO_COUNTRIES = Set.of("DE", "FR");

    static DemoOffer pick(Random random) {
        return Objects.requireNonNull(ALL.get(POPULAR.pick(random)));
    }

    static String currencyOf(String country) {
        return EURO_COUNTRIES.contains(country) ? "EUR" : "USD";
    }

    private static Map<String, DemoOffer> offers(List<DemoOffer> offers) {
        return offers.stream().collect(Collectors.toUnmodifiableMap(DemoOffer::itemId, offer -> offer));
    }
}
