package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.testkit.PlantedControls;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is left of somebody is found wherever it may lie in the tables. */
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
}
