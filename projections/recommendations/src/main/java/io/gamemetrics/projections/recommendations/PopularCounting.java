package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts again what is popular in a game where something changed, and rests many times as long as that took. Used by one thread. */
final class PopularCounting {

    private static final int REST = 40;

    /** What an erased player had goes sooner. */
    private static final int REST_AFTER_ERASURE = 20;

    private final PopularWriter popular;
    private final Map<Integer, Boolean> erasedByDueGame = new HashMap<>();
    private final Map<Integer, Long> seenChanges = new HashMap<>();
    private final Map<Integer, Counted> counted = new HashMap<>();
    private final LongSupplier nanos;
    private boolean hasBegun;

    PopularCounting(PopularWriter popular) {
        this(popular, System::nanoTime);
    }

    /** @param nanos the time, as {@link System#nanoTime} tells it */
    PopularCounting(PopularWriter popular, LongSupplier nanos) {
        this.popular = popular;
        this.nanos = nanos;
    }

    private record Counted(long atNanos, long tookNanos) {

        boolean hasRested(long nowNanos, int times) {
            return nowNanos - atNanos > times * tookNanos;
        }
    }

    /**
     * Something may have changed that {@link #step} won't be told of.
     *
     * @param erased whether somebody was erased with it
     */
    void changed(int game, boolean erased) {
        erasedByDueGame.merge(game, erased, Boolean::logicalOr);
    }

    /** @param changes of all games with any that no training has seen */
    void step(List<Changes> changes) {
        if (!hasBegun) {
            popular.games().forEach(game -> changed(game, false));
            hasBegun = true;
        }
        for (Changes change : changes) {
            if (change.lastId() > seenChanges.getOrDefault(change.game(), 0L)) {
                changed(change.game(), change.erased());
                seenChanges.put(change.game(), change.lastId());
            }
        }
        Map.copyOf(erasedByDueGame).forEach(this::countWhenRested);
    }

    private void countWhenRested(int game, boolean erased) {
        Counted last = counted.get(game);
        if (last == null || last.hasRested(nanos.getAsLong(), erased ? REST_AFTER_ERASURE : REST)) {
            long begun = nanos.getAsLong();
            popular.count(game);
            long ended = nanos.getAsLong();
            erasedByDueGame.remove(game);
            counted.put(game, new Counted(ended, ended - begun));
        }
    }
}
