package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Vectors as points of the store that is searched. */
final class VectorPoints {

    private static final int POINTS_A_WRITE = 20_000;

    private VectorPoints() {}

    static void items(VectorStore store, String collection, int game, int version, ItemVectors vectors) {
        List<Point> points = new ArrayList<>();
        for (int row = 0; row < vectors.items().length; row++) {
            points.add(new Point(
                    game,
                    version,
                    Long.toString(vectors.items()[row]),
                    VectorLayout.filled(vectors.vectors()[row], VectorLayout.ITEM_SHAPE)));
            if (points.size() == POINTS_A_WRITE || row == vectors.items().length - 1) {
                store.upsert(collection, points);
                points.clear();
            }
        }
    }

    static void players(VectorStore store, int game, int version, Map<UUID, float[]> vectors) {
        store.upsert(
                VectorLayout.PLAYERS,
                vectors.entrySet().stream()
                        .map(player -> new Point(game, version, player.getKey().toString(), player.getValue()))
                        .toList());
    }
}
