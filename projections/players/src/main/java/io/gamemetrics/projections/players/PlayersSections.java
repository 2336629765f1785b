package io.gamemetrics.projections.players;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.projections.playersstore.PlayersContents;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events each section of {@link PlayersContents} depends on. Configuration and links are handled whatever types a
 * version is built from, and count for none.
 */
final class PlayersSections {

    /** What every event counts for. */
    private static final String WHOLE = "player";

    private static final Map<String, Set<Integer>> NEEDS = Map.of(
            "game", Set.of(),
            "exchange_rate", Set.of(),
            "player:achievements", ids(AchievementUnlocked.class),
            "player:link", Set.of(),
            "player:purchases", ids(PurchaseMade.class),
            "player:registered", ids(PlayerRegistered.class),
            "player:sessions", ids(SessionStarted.class, SessionEnded.class),
            "money:ads", ids(AdViewed.class),
            "money:purchases", ids(PurchaseMade.class),
            // A purchase says what an earlier refund of it gave back.
            "money:refunds", ids(PurchaseMade.class, PurchaseRefunded.class));

    private PlayersSections() {}

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
