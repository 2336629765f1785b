package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendations.training.LowRankEase;
import io.gamemetrics.projections.recommendations.training.Quality;
import io.gamemetrics.projections.recommendations.training.QualityCheck;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.ModelRow;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a new version of a game's model beside the active one, judges it, and switches it in or not. Whatever fails in
 * between leaves the active version as it is, and the changes due.
 */
final class Learning {

    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

    /** A version may be so much worse than the one before: the persons both are judged on are few. */
    private static final double TOLERANCE = 0.98;

    private final LearningState state;
    private final ModelStore models;
    private final VectorStore vectors;
    private final TrainingSettings settings;
    private final BiFunction<Interactions, TrainingSettings, ItemVectors> method;

    Learning(LearningState state, ModelStore models, VectorStore vectors, TrainingSettings settings) {
        this(state, models, vectors, settings, LowRankEase::train);
    }

    /** @param method another than the one that is used, for the tests of what happens to bad models */
    Learning(
            LearningState state,
            ModelStore models,
            VectorStore vectors,
            TrainingSettings settings,
            BiFunction<Interactions, TrainingSettings, ItemVectors> method) {
        this.state = state;
        this.models = models;
        this.vectors = vectors;
        this.settings = settings;
        this.method = method;
    }

    /** What became of a training. */
    enum Outcome {
        ACTIVE,
        REFUSED,
        NOTHING_TO_LEARN
    }

    Outcome learn(int game) {
        return learn(game, seen -> {});
    }

    /**
     * Trains a version, or finds that there is nothing to learn.
     *
     * @param seen told before anything else of the changes the snapshot holds, which the training takes away in the end. Some
     *     of them may have come after whoever called has asked
     */
    Outcome learn(int game, Consumer<Changes> seen) {
        LearningState.Snapshot snapshot = state.snapshot(game);
        seen.accept(snapshot.changes());
        QualityCheck check = new QualityCheck(snapshot.interactions());
        Interactions learning = check.learning();
        if (learning.values().length == 0 && models.activeVersion(game).isEmpty()) {
            state.learned(snapshot.changes());
            return Outcome.NOTHING_TO_LEARN;
        }
        long begun = System.nanoTime();
        ItemVectors made = method.apply(learning, settings).withoutNothing();
        long millis = (System.nanoTime() - begun) / 1_000_000;
        OptionalInt active = models.activeVersion(game);
        Judgement judgement =
                Judgement.of(check, made, active.isPresent() ? models.vectors(game, active.getAsInt()) : null);
        int version = models.nextVersion(game);
        models.save(
                new ModelRow(
                        game,
                        version,
                        settings.seed(),
                        made.dimension(),
                        learning.personCount(),
                        made.items().length,
                        learning.values().length,
                        judgement.persons,
                        judgement.now,
                        judgement.before,
                        judgement.popular,
                        millis),
                made);
        LOG.info("game {} version {}: {} in {} ms, {}", game, version, learning, millis, judgement);
        return settle(snapshot.changes(), version, judgement);
    }

    private Outcome settle(Changes seen, int version, Judgement judgement) {
        int game = seen.game();
        // What an erased player taught has to go, even if it made the lists better.
        if (!judgement.isGood() && !seen.erased()) {
            LOG.warn("game {} version {} is refused: {}", game, version, judgement);
            models.refuse(game, version, seen);
            models.drop(game, version);
            return Outcome.REFUSED;
        }
        VectorPoints.items(vectors, VectorLayout.ITEMS, game, version, models.vectors(game, version));
        models.activate(game, version, seen);
        for (int old : models.old(game)) {
            vectors.delete(VectorLayout.ITEMS, Filter.of(game, old));
            models.drop(game, old);
        }
        return Outcome.ACTIVE;
    }

    /** What the check found; absent where nobody could be judged. */
    private record Judgement(
            int persons,
            @Nullable Double now,
            @Nullable Double before,
            @Nullable Double popular) {

        static Judgement of(QualityCheck check, ItemVectors made, @Nullable ItemVectors active) {
            Quality now = check.of(made);
            if (now.persons() == 0) {
                return new Judgement(0, null, null, null);
            }
            return new Judgement(
                    now.persons(),
                    now.ndcg(),
                    Optional.ofNullable(active)
                            .map(model -> check.of(model).ndcg())
                            .orElse(null),
                    check.ofPopular().ndcg());
        }

        boolean isGood() {
            return now == null
                    || ((popular == null || now >= popular) && (before == null || now >= TOLERANCE * before));
        }

        @Override
        public String toString() {
            return "ndcg@" + Quality.LENGTH + " of " + persons + " persons: " + now + ", before " + before
                    + ", popular " + popular;
        }
    }
}
