package io.gamemetrics.projections.metrics;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.projections.metricsstore.EventKind;
import io.gamemetrics.projections.metricsstore.MetricsContents;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which events each section of {@link MetricsContents} depends on. Configuration and links are handled whatever types a
 * version is built from, and count for none.
 */
final class MetricsSections {

    /** Parts of other sections: what is said of fewer types. */
    private static final Map<String, Set<Integer>> PARTS = parts();

    private static final Map<String, Set<Integer>> ALL = all();

    private MetricsSections() {}

    /**
     * Those that depend on no type but these.
     *
     * @param types ids; empty: all there are, and nothing is given twice as a part
     */
    static Predicate<String> of(Set<Integer> types) {
        return types.isEmpty() ? section -> !PARTS.containsKey(section) : section -> types.containsAll(needs(section));
    }

    /** Ids of the types a section depends on. */
    static Set<Integer> needs(String section) {
        Set<Integer> needs = PARTS.get(section);
        if (needs == null) {
            needs = ALL.get(section);
        }
        if (needs == null) {
            throw new IllegalArgumentException("no such section: " + section);
        }
        return needs;
    }

    private static Map<String, Set<Integer>> parts() {
        Set<Integer> sessions = ids(SessionStarted.class, SessionEnded.class);
        Set<Integer> purchases = ids(PurchaseMade.class);
        return Map.of(
                "player:acquisition", ids(PlayerRegistered.class),
                "player:paid", purchases,
                "player:session", ids(SessionStarted.class),
                "player_day:purchases", purchases,
                "player_day:sessions", sessions,
                "segment_day:purchases", purchases,
                "segment_day:sessions", sessions);
    }

    private static Map<String, Set<Integer>> all() {
        Set<Integer> all =
                Arrays.stream(EventKind.values()).map(kind -> id(payload(kind))).collect(toUnmodifiableSet());
        Map<String, Set<Integer>> sections = new HashMap<>();
        for (String section : new String[] {"game", "link", "exchange_rate", "erased_day", "erased_money"}) {
            sections.put(section, Set.of());
        }
        for (EventKind kind : EventKind.values()) {
            sections.put("event_name:" + kind.typeName(), ids(payload(kind)));
            sections.put("event:" + kind.typeName(), ids(payload(kind)));
        }
        // A session's end says how long it was, a purchase what an earlier refund of it gave back.
        Set<Integer> refunds = ids(PurchaseRefunded.class, PurchaseMade.class);
        sections.put("event:session_started", ids(SessionStarted.class, SessionEnded.class));
        sections.put("event:purchase_refunded", refunds);
        for (String money : new String[] {"player_money", "segment_money"}) {
            sections.put(money + ":ads", ids(AdViewed.class));
            sections.put(money + ":purchases", ids(PurchaseMade.class));
            sections.put(money + ":refunds", refunds);
        }
        sections.put("player_set:paid", ids(PurchaseMade.class));
        Stream.of(
                        "player",
                        "player_day",
                        "segment_day",
                        "player_set:active",
                        "player_set:cohort",
                        "chart:half_hour",
                        "chart:minute")
                .forEach(section -> sections.put(section, all));
        return sections;
    }

    private static Set<Integer> ids(Class<?>... payloads) {
        return Arrays.stream(payloads).map(MetricsSections::id).collect(toUnmodifiableSet());
    }

    private static int id(Class<?> payload) {
        return EventCatalog.current().of(payload).number();
    }

    private static Class<? extends PlayerEvent> payload(EventKind kind) {
        return switch (kind) {
            case PLAYER_REGISTERED -> PlayerRegistered.class;
            case SESSION_STARTED -> SessionStarted.class;
            case SESSION_ENDED -> SessionEnded.class;
            case PROGRESSION -> ProgressionMade.class;
            case SCORE_SUBMITTED -> ScoreSubmitted.class;
            case PURCHASE -> PurchaseMade.class;
            case PURCHASE_REFUNDED -> PurchaseRefunded.class;
            case RESOURCE_FLOW -> ResourceFlowed.class;
            case AD_VIEWED -> AdViewed.class;
            case ITEM_INTERACTED -> ItemInteracted.class;
            case ACHIEVEMENT_UNLOCKED -> AchievementUnlocked.class;
            case PLAYER_LINKED -> PlayerLinked.class;
            case ERROR_REPORTED -> ErrorReported.class;
            case CUSTOM -> CustomReported.class;
        };
    }
}
