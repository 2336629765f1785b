package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** That a version waits is said every few milliseconds, and written down now and then. */
class HoldingTest {

    private static final Hold ANYWHERE = new Hold(Map.of());
    private static final Hold THERE = new Hold(Map.of(0, new Position(1, 7)));

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private long nowNanos = -5;
    private UUID replay;
    private Comparisons comparisons;
    private Holding holding;

    @BeforeEach
    void compare() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        new Versions(database).register(new KnownProjection("counting", 1, true, 1));
        Replays replays = new Replays(database);
        replay = replays.start("counting", ReplayWish.manual(), "ada").id();
        replays.caughtUp(replay, 1);
        comparisons = new Comparisons(database);
        long comparison = comparisons.want(replay, "ada").id();
        comparisons.take(replay, "here");
        holding = new Holding(comparisons, comparison, "here", () -> nowNanos);
    }

    @Test
    void the_same_place_is_written_once_in_a_few_seconds_and_another_one_at_once() throws Exception {
        holding.at(ANYWHERE);
        String first = written();
        assertThat(comparisons.held(replay)).contains(ANYWHERE);
        holding.at(ANYWHERE);
        assertThat(written()).isEqualTo(first);

        holding.at(THERE);
        String second = written();
        assertThat(second).isNotEqualTo(first);
        assertThat(comparisons.held(replay)).contains(THERE);

        nowNanos += Holding.AGAIN.toNanos() - 1;
        holding.at(THERE);
        assertThat(written()).isEqualTo(second);
        nowNanos++;
        holding.at(THERE);
        assertThat(written()).isNotEqualTo(second);
        assertThat(Holding.AGAIN).as("it is forgotten after 30 s").isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void what_was_let_go_is_held_again_when_that_is_said_again() throws Exception {
        holding.at(THERE);
        holding.release();
        assertThat(comparisons.held(replay)).isEmpty();
        holding.at(THERE);

        assertThat(comparisons.held(replay)).contains(THERE);
    }

    /** Changes with each transaction that writes the hold. */
    private String written() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT xmin FROM replays.comparison")) {
            row.next();
            return row.getString(1);
        }
    }
}
