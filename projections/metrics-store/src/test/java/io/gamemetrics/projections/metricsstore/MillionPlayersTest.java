package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
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
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How fast distinct players are counted at a million players over 90 days, and what a player and day costs. */
@Tag("bench")
class MillionPlayersTest {

    private static final Logger LOG = LoggerFactory.getLogger(MillionPlayersTest.class);
    private static final int PLAYERS = 1_000_000;
    private static final int DAYS = 90;
    private static final int ROUNDS = 60;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final GameId GAME = new GameId("million");

    @Test
    void active_players_and_retention_of_a_million_players_answer_within_300_milliseconds() throws SQLException {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            MetricsSchema.migrate(database);
            MetricsWriter writer = new MetricsWriter(database, "metrics");
            MetricsBatch batch = writer.begin();
            batch.game(1, GAME.value(), ZoneOffset.UTC, "USD", true, new Position(1, 1));
            writer.commit(batch, 0, null, new Checkpoint(new Position(1, 1), Instant.EPOCH, 1, 1, 1), List.of());
            long playerDays = generate(database);
            MetricsReader reader = MetricsReader.on(database, 1);

            long active = p95(round ->
                    reader.activePlayers(GAME, FIRST.plusDays(30 + round % 60)).mau());
            long retention = p95(round -> reader.retention(
                            GAME, FIRST, FIRST.plusDays(DAYS - 1), List.of(1, 7, 30), null, Filter.ALL)
                    .summary()
                    .getFirst()
                    .returned());
            LOG.info(
                    "million players: playerDays={} bytesPerPlayerDay={} activePlayersP95Millis={} retentionP95Millis={}",
                    playerDays,
                    bytes(database) / (double) playerDays,
                    active,
                    retention);
            assertThat(active).isLessThan(300);
            assertThat(retention).isLessThan(300);
        }
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
        long answer(int round);
    }

    private static long p95(Asked asked) {
        long[] millis = new long[ROUNDS];
        for (int round = -10; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            assertThat(asked.answer(round + 10)).isPositive();
            if (round >= 0) {
                millis[round] = (System.nanoTime() - begun) / 1_000_000;
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS * 95 / 100];
    }
}
