package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between which moments a batch's events of each game occurred: the ends alone are asked for their days. Used by one thread. */
final class TouchedDays {

    private final Map<Integer, Ends> games = new HashMap<>();

    private static final class Ends {
        private Instant first;
        private Instant last;

        Ends(Instant at) {
            first = at;
            last = at;
        }

        void add(Instant at) {
            if (at.isBefore(first)) {
                first = at;
            } else if (at.isAfter(last)) {
                last = at;
            }
        }

        Days days(@Nullable GameRow game) {
            return game == null ? Days.ANY : Days.of(game.dayOf(first)).with(Days.of(game.dayOf(last)));
        }
    }

    void add(int game, Instant at) {
        Ends ends = games.get(game);
        if (ends == null) {
            games.put(game, new Ends(at));
        } else {
            ends.add(at);
        }
    }

    /** @param settings of every game, as they are now */
    Map<Integer, Days> under(Map<Integer, GameRow> settings) {
        Map<Integer, Days> days = new TreeMap<>();
        games.forEach((game, ends) -> days.put(game, ends.days(settings.get(game))));
        return days;
    }
}
