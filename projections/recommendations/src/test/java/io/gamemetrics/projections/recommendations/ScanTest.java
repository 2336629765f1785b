package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.testkit.PlantedControls;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is left of somebody is found wherever it may lie in the tables and among the vectors. */
class ScanTest {

    @TempDir
    Path folder;

    @Test
    void a_control_is_found_in_every_column() throws SQLException {
        try (Fed fed = new Fed(folder);
                Connection connection = fed.database.getConnection()) {
            int columns = PlantedControls.inEveryColumn(
                    connection, "recommendations", (planted, table, column, control) -> assertThat(
                                    new PostgresScan("recommendations").scan(planted, Needles.of(List.of(control))))
                            .containsExactly(new Hit("recommendations", table + "." + column, 0, 1)));
            assertThat(columns).isGreaterThan(15);
        }
    }

    @Test
    void a_control_is_found_among_the_vectors_of_items_and_of_players() throws SQLException {
        String control = "planted-1987-as-a-name";
        Needles needles = Needles.of(List.of(control));
        try (Fed fed = new Fed(folder)) {
            RecommendationsErasing erasing = new RecommendationsErasing(fed.database, fed.vectors);
            assertThat(erasing.scan(1, needles)).isEmpty();
            plant(fed, VectorLayout.ITEMS, control, VectorLayout.ITEM_SHAPE);
            plant(fed, VectorLayout.PLAYERS, control, VectorLayout.PLAYER_SHAPE);
            assertThat(erasing.scan(1, needles))
                    .containsExactly(
                            new Hit("recommendations vectors", VectorLayout.ITEMS, 0, 1),
                            new Hit("recommendations vectors", VectorLayout.PLAYERS, 0, 1));
        }
    }

    private static void plant(Fed fed, String collection, String id, Shape shape) {
        float[] direction = new float[shape.dimension()];
        Arrays.fill(direction, 1);
        fed.vectors.upsert(collection, List.of(new Point(Fed.NUMBER, 1, id, direction)));
    }
}
