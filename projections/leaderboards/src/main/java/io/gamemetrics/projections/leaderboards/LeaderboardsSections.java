package io.gamemetrics.projections.leaderboards;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsContents;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events each section of {@link LeaderboardsContents} depends on. Configuration and links are handled whatever types a
 * version is built from, and count for none.
 */
final class LeaderboardsSections {

    private static final Map<String, Set<Integer>> NEEDS = Map.of(
            "ban", ids(LeaderboardBanned.class, LeaderboardUnbanned.class),
            "fact", Set.of(),
            "link", Set.of(),
            "list", ids(ScoreSubmitted.class, LeaderboardBanned.class, LeaderboardUnbanned.class),
            "rule", Set.of(),
            "value", ids(ScoreSubmitted.class));

    private LeaderboardsSections() {}

    /** @param types ids; empty: all there are */
    static Predicate<String> of(Set<Integer> types) {
        return section -> types.isEmpty() || types.containsAll(needs(section));
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
