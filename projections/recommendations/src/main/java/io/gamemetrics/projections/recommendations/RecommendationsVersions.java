package io.gamemetrics.projections.recommendations;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.Lead;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsContents;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsTakeOver;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.Erasing;
import io.gamemetrics.projections.runtime.Exporting;
import io.gamemetrics.projections.runtime.VersionedProjection;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;

/** What players did, a schema a version; and of each version vectors of its own, and somebody who makes them. */
final class RecommendationsVersions implements VersionedProjection {

    private final DataSource database;
    private final VectorStore vectors;

    RecommendationsVersions(DataSource database, VectorStore vectors) {
        this.database = database;
        this.vectors = vectors;
    }

    @Override
    public String name() {
        return RecommendationsWriter.PROJECTION;
    }

    @Override
    public Open open(int number) {
        RecommendationsSchema.migrate(database, number);
        ModelSchema schema = RecommendationsSchema.of(database, number);
        VectorKeeper keeper = keeper(schema, Vectors.ofVersion(vectors, number));
        keeper.start();
        return new Open(new RecommendationsProjection(new RecommendationsWriter(schema)), keeper::close);
    }

    /**
     * Every game that has vectors has new ones: until then its lists would be the popular ones alone. One in which there is
     * nothing left to learn from, because those who had done something with items were erased, gets none.
     */
    @Override
    public boolean isReady(int number, int replaces) {
        ModelStore before = new ModelStore(RecommendationsSchema.of(database, replaces));
        ModelStore now = new ModelStore(RecommendationsSchema.of(database, number));
        LearningState state = new LearningState(RecommendationsSchema.of(database, number));
        return before.gamesWithModels().stream()
                .allMatch(game -> now.activeVersion(game).isPresent()
                        ? now.playersVersion(game).isPresent()
                                || before.playersVersion(game).isEmpty()
                        : state.snapshot(game).interactions().values().length == 0);
    }

    /** Vectors on this machine's disk are counted in; those in Qdrant lie elsewhere. */
    @Override
    public OptionalLong bytes(int number) throws SQLException {
        VectorStore mine = Vectors.ofVersion(vectors, number);
        long onDisk = mine.diskBytes(VectorLayout.ITEMS) + mine.diskBytes(VectorLayout.PLAYERS);
        return OptionalLong.of(RecommendationsSchema.of(database, number).bytes() + onDisk);
    }

    @Override
    public Map<Integer, Position> takeOver(int number, int from, LeftOut leftOut) throws SQLException {
        return RecommendationsTakeOver.run(database, number, from, leftOut);
    }

    @Override
    public Contents contents(int number, Set<Integer> types) {
        return RecommendationsContents.open(database, number, RecommendationsSections.of(types));
    }

    @Override
    public Optional<Erasing> erasing() {
        return Optional.of(new RecommendationsErasing(database, vectors));
    }

    @Override
    public Optional<Exporting> exporting() {
        return Optional.of(new RecommendationsExporting(database, vectors));
    }

    @Override
    public void drop(int number) throws SQLException {
        VectorStore mine = Vectors.ofVersion(vectors, number);
        mine.drop(VectorLayout.ITEMS);
        mine.drop(VectorLayout.PLAYERS);
        RecommendationsSchema.of(database, number).drop();
    }

    private static VectorKeeper keeper(ModelSchema schema, VectorStore vectors) {
        LearningState state = new LearningState(schema);
        ModelStore models = new ModelStore(schema);
        return new VectorKeeper(
                new Lead(schema),
                new VectorRepair(models, vectors),
                new PlayerFolding(state, models, new PendingPlayers(schema), vectors),
                new Learning(state, models, vectors, TrainingSettings.defaults()),
                LearningSettings.defaults(),
                state,
                new PopularWriter(schema));
    }
}
