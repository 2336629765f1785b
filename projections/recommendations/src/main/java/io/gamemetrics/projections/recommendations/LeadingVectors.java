package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * As much of items' vectors as players' are made of, by game and version, those used last. A version never changes once it
 * was saved, and players change all the time. Used by one thread.
 */
final class LeadingVectors {

    /** Over all versions, but for the one in use: 20 MB. */
    private static final int MOST_ITEMS = 80_000;

    private final ModelStore models;
    private final Map<Version, ItemVectors> read = new LinkedHashMap<>(16, 0.75f, true);

    LeadingVectors(ModelStore models) {
        this.models = models;
    }

    private record Version(int game, int version) {}

    ItemVectors of(int game, int version) {
        ItemVectors vectors = read.computeIfAbsent(
                new Version(game, version),
                any -> models.vectors(game, version, VectorLayout.PLAYER_SHAPE.dimension()));
        long items =
                read.values().stream().mapToLong(each -> each.items().length).sum();
        Iterator<ItemVectors> oldest = read.values().iterator();
        while (items > MOST_ITEMS && read.size() > 1) {
            items -= oldest.next().items().length;
            oldest.remove();
        }
        return vectors;
    }
}
