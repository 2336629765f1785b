package io.gamemetrics.infrastructure.replays;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much of a read model is rebuilt. Games and time leave the rest as the live version has it: what is rebuilt is a
 * game's, from its first event on, because no number of a game comes from some of its events alone.
 *
 * @param games numbers of the games that are rebuilt; none: all, or those that {@code storedFrom} and {@code storedTo} find
 * @param storedFrom with {@code storedTo}: of those games the ones with an event stored at or after this; absent: from the
 *     beginning
 * @param storedTo and before this; absent: until now
 * @param types ids of the event types that are handled, besides those that say who and what there is; none: all. Such a
 *     version is for comparing, never for readers
 */
public record ReplayPart(
        Set<Integer> games,
        @Nullable Instant storedFrom,
        @Nullable Instant storedTo,
        Set<Integer> types) {

    private static final ReplayPart WHOLE = new ReplayPart(Set.of(), null, null, Set.of());

    public ReplayPart {
        games = Set.copyOf(games);
        types = Set.copyOf(types);
    }

    /** Everything. */
    public static ReplayPart whole() {
        return WHOLE;
    }

    /** Whether some games are taken from the live version. */
    public boolean takesOver() {
        return !games.isEmpty() || isByTime();
    }

    /** Whether the games are found by when their events were stored. */
    public boolean isByTime() {
        return storedFrom != null || storedTo != null;
    }

    /** Whether it is never switched to. */
    public boolean isOnlyCompared() {
        return !types.isEmpty();
    }

    /** Adds to the record of who wanted what. */
    void inWords(List<String> words) {
        if (!games.isEmpty()) {
            words.add("games " + numbers(games));
        }
        if (isByTime()) {
            List<String> ends = new ArrayList<>();
            if (storedFrom != null) {
                ends.add("from " + storedFrom);
            }
            if (storedTo != null) {
                ends.add("to " + storedTo);
            }
            words.add("games with events stored " + String.join(" ", ends));
        }
        if (!types.isEmpty()) {
            words.add("event types " + numbers(types) + ", to compare");
        }
    }

    private static String numbers(Set<Integer> all) {
        return new TreeSet<>(all).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
