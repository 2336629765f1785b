package io.gamemetrics.commandside.player;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class NearestName {

    private static final int LONGEST_COMPARED = 64;

    private NearestName() {}

    /** The name with the fewest edits to the one given, capitals aside; of several the first. */
    public static String of(String name, Collection<String> names) {
        String given = lower(name.substring(0, Math.min(name.length(), LONGEST_COMPARED)));
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : names) {
            int edits = edits(given, lower(candidate));
            if (edits < least) {
                least = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The nearest name, when no more than a third of it is different; empty when none is that near. */
    static Optional<String> closeTo(String name, Collection<String> names) {
        String nearest = of(name, names);
        return !nearest.isEmpty() && edits(lower(name), lower(nearest)) * 3 <= nearest.length()
                ? Optional.of(nearest)
                : Optional.empty();
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
