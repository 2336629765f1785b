package io.gamemetrics.projections.recommendations;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.projections.recommendationsstore.RecommendationsContents;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events each section of {@link RecommendationsContents} depends on. Configuration and links are handled whatever
 * types a version is built from, and count for none.
 */
final class RecommendationsSections {

    /** Every event says where a player is. */
    private static final String WHOLE = "source";

    private static final Set<Integer> ITEMS = ids(ItemInteracted.class, PurchaseMade.class, PurchaseRefunded.class);

    private static final Map<String, Set<Integer>> NEEDS = Map.of(
            "game", Set.of(),
            "source:link", Set.of(),
            "interaction", ids(ItemInteracted.class),
            "purchase", ids(PurchaseMade.class, PurchaseRefunded.class),
            "item", ITEMS,
            "item_vector", ITEMS);

    private RecommendationsSections() {}

    /**
     * Those that depend on no type but these.
     *
     * @param types ids; empty: all there are, and nothing is given twice as a part
     */
    static Predicate<String> of(Set<Integer> types) {
        return types.isEmpty()
                ? section -> !section.startsWith(WHOLE + ":")
                : section -> !section.equals(WHOLE) && types.containsAll(needs(section));
    }

    private static Set<Integer> needs(String section) {
        Set<Integer> needs = NEEDS.get(section);
        if (needs == null) {
            throw new IllegalArgumentException("no such section: " + section);
        }
        return needs;
    }

    private static Set<Integer> ids(Class<?>... payloads) {
        return Arrays.stream(payloads)
                .map(payload -> EventCatalog.current().of(payload).number())
                .collect(toUnmodifiableSet());
    }
}
