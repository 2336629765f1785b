package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast distinct players are counted at a million players over 90 days, and what a player and day costs. Baseline: the
 * same rows read by a bare query that does nothing with them.
 */
@Tag("bench")
class QueryBench {

    private static final int PLAYERS = 1_000_000;
    private static final int DAYS = 90;
    private static final int ROUNDS = 3;
    private static final int QUESTIONS = 20;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final GameId GAME = new GameId("million");

    @Test
    void active_players_and_retention_of_a_million_players_answer_within_300_milliseconds() throws Exception {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            MetricsSchema.migrate(database);
            MetricsWriter writer = new MetricsWriter(database, "metrics");
            MetricsBatch batch = writer.begin();
            batch.game(1, GAME.value(), ZoneOffset.UTC, "USD", true, new Position(1, 1));
            writer.commit(batch, 0, null, new Checkpoint(new Position(1, 1), Instant.EPOCH, 1, 1, 1), List.of());
            long playerDays = generate(database);
            double bytes = bytes(database) / (double) playerDays;
            MetricsReader reader = MetricsReader.on(database, 1);

            long[] active = new long[ROUNDS];
            long[] retention = new long[ROUNDS];
            long[] bare = new long[ROUNDS];
            // The first round warms up and is not counted.
            for (int round = -1; round < ROUNDS; round++) {
                int place = Math.max(0, round);
                active[place] = p95Millis(question -> reader.activePlayers(GAME, FIRST.plusDays(30 + question))
                        .mau());
                retention[place] = p95Millis(question -> reader.retention(
                                GAME, FIRST, FIRST.plusDays(DAYS - 1), List.of(1, 7, 30), null, Filter.ALL)
                        .summary()
                        .getFirst()
                        .returned());
                bare[place] = p95Millis(question -> bareRead(database));
            }
            String settings = String.format(
                    Locale.ROOT,
                    "{\"players\":%d,\"days\":%d,\"playerDays\":%d,\"bytesPerPlayerDay\":%.3f,\"questions\":%d}",
                    PLAYERS,
                    DAYS,
                    playerDays,
                    bytes,
                    QUESTIONS);
            System.out.print(BenchReport.write("query", "p95 ms", settings, retention, Map.of("bareRead", bare)));
            System.out.print(
                    BenchReport.write("query-activePlayers", "p95 ms", settings, active, Map.of("bareRead", bare)));
            assertThat(BenchReport.median(active)).isLessThan(300);
            assertThat(BenchReport.median(retention)).isLessThan(300);
        }
    }

    /** What retention reads: all days of all cohorts and of all active players. */
    private static long bareRead(HikariDataSource database) {
        long[] read = {0};
        try (Connection connection = database.getConnection()) {
            new Sql()
                    .add("SELECT players FROM metrics.player_set WHERE sort IN ('a', 'c')")
                    .forEachSet(connection, row -> read[0] += row.getBytes(1).length);
        } catch (SQLException e) {
            throw new MetricsStoreException("sets not read", e);
        }
        return read[0];
    }

    /** A first day each, evenly; then active on the first day and on each later one with probability 0.2. */
    private static long generate(HikariDataSource database) throws SQLException {
        Random random = new Random(1);
        long playerDays = 0;
        try (Connection connection = database.getConnection()) {
            PlayerSets sets = new PlayerSets();
            for (int player = 0; player < PLAYERS; player++) {
                int first = random.nextInt(DAYS);
                sets.include(1, PlayerSets.COHORT, FIRST.plusDays(first), player);
                for (int day = first; day < DAYS; day++) {
                    if (day == first || random.nextInt(5) == 0) {
                        sets.include(1, PlayerSets.ACTIVE, FIRST.plusDays(day), player);
                        playerDays++;
                    }
                }
            }
            sets.write(connection);
        }
        return playerDays;
    }

    private static long bytes(HikariDataSource database) throws SQLException {
        long[] bytes = {0};
        try (Connection connection = database.getConnection()) {
            new Sql()
                    .add("SELECT pg_total_relation_size('metrics.player_set')")
                    .forEach(connection, row -> bytes[0] = row.getLong(1));
        }
        return bytes[0];
    }

    private interface Asked {
        long answer(int question);
    }

    private static long p95Millis(Asked asked) {
        long[] millis = new long[QUESTIONS];
        for (int question = 0; question < QUESTIONS; question++) {
            long begun = System.nanoTime();
            assertThat(asked.answer(question)).isPositive();
            millis[question] = (System.nanoTime() - begun) / 1_000_000;
        }
        Arrays.sort(millis);
        return millis[QUESTIONS * 95 / 100];
    }
}
