package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition's checkpoint moved, and with it the numbers of some games.
 *
 * @param position everything of the partition up to here is counted
 * @param games the days that changed, by the game's number
 * @param anyGame there were too many games to name
 */
public record MetricsMove(int partition, Position position, Map<Integer, Days> games, boolean anyGame) {

    static final String ANY = "*";

    public MetricsMove {
        games = Map.copyOf(games);
    }

    /**
     * Both ends included.
     *
     * @param first absent, with {@code last}: any day may have changed
     */
    public record Days(@Nullable LocalDate first, @Nullable LocalDate last) {

        public static final Days ANY = new Days(null, null);

        static Days of(LocalDate day) {
            return new Days(day, day);
        }

        /** {@code first:last}. */
        String text() {
            return first == null ? ":" : first + ":" + last;
        }

        /** The shortest range that has both. */
        public Days with(Days other) {
            if (first == null || last == null || other.first == null || other.last == null) {
                return ANY;
            }
            return new Days(
                    first.isBefore(other.first) ? first : other.first, last.isAfter(other.last) ? last : other.last);
        }
    }

    /** Reads what {@link ChangeNotices} writes. */
    static MetricsMove parse(String notice) {
        String[] parts = notice.split("\\|", 3);
        Map<Integer, Days> games = new HashMap<>();
        boolean any = parts[2].equals(ANY);
        if (!any && !parts[2].isEmpty()) {
            for (String game : parts[2].split(",", -1)) {
                String[] range = game.split(":", -1);
                Days days =
                        range[1].isEmpty() ? Days.ANY : new Days(LocalDate.parse(range[1]), LocalDate.parse(range[2]));
                games.put(Integer.valueOf(range[0]), days);
            }
        }
        return new MetricsMove(Integer.parseInt(parts[0]), Position.parse(parts[1]), games, any);
    }
}
