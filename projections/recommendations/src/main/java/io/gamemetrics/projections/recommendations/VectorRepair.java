package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the collections where there are none, and fills them again where the store of vectors has lost any: a folder that
 * was deleted, an emptied Qdrant. New collections are filled beside the old ones and then switched in.
 */
final class VectorRepair {

    private static final Logger LOG = LoggerFactory.getLogger(VectorRepair.class);

    private final ModelStore models;
    private final VectorStore vectors;

    VectorRepair(ModelStore models, VectorStore vectors) {
        this.models = models;
        this.vectors = vectors;
    }

    void run() {
        List<Integer> games = models.gamesWithModels();
        if (isIncomplete(VectorLayout.ITEMS) || games.stream().anyMatch(this::lacksItems)) {
            String collection = next(VectorLayout.ITEMS, VectorLayout.ITEM_SHAPE);
            for (int game : games) {
                int version = models.activeVersion(game).orElseThrow();
                LOG.info("game {} version {}: its vectors are written again", game, version);
                VectorPoints.items(vectors, collection, game, version, models.vectors(game, version));
            }
            vectors.switchTo(VectorLayout.ITEMS, collection);
        }
        if (isIncomplete(VectorLayout.PLAYERS) || games.stream().anyMatch(this::lacksPlayers)) {
            vectors.switchTo(VectorLayout.PLAYERS, next(VectorLayout.PLAYERS, VectorLayout.PLAYER_SHAPE));
            games.forEach(models::playersLost);
        }
    }

    private boolean isIncomplete(String alias) {
        return vectors.meant(alias).isEmpty();
    }

    private boolean lacksItems(int game) {
        int version = models.activeVersion(game).orElseThrow();
        return vectors.count(VectorLayout.ITEMS, Filter.of(game, version)) != models.size(game, version);
    }

    /** Players come and go; none at all is what a lost store looks like. */
    private boolean lacksPlayers(int game) {
        OptionalInt version = models.playersVersion(game);
        return version.isPresent()
                && vectors.count(VectorLayout.PLAYERS, Filter.of(game, version.getAsInt())) == 0
                && models.size(game, version.getAsInt()) > 0;
    }

    /** An empty collection with the number after the one in use. */
    private String next(String alias, Shape shape) {
        Optional<String> now = vectors.meant(alias);
        int number = now.map(name -> Integer.parseInt(name.substring(alias.length() + 1)) + 1)
                .orElse(1);
        String collection = alias + "-" + number;
        vectors.create(collection, shape);
        return collection;
    }
}
