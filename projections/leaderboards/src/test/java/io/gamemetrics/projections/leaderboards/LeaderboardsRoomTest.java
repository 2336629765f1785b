package io.gamemetrics.projections.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsMemory;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60) // seconds
class LeaderboardsRoomTest {

    private static final int VERSION = 77;
    private static final long POLL_NANOS = 10_000_000;

    @Test
    void what_boards_take_is_measured_aside_and_known_a_moment_later() {
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url())) {
            LeaderboardsWriter writer = new LeaderboardsWriter(redis, VERSION, 1, Clock.systemUTC());
            LeaderboardsBatch batch = writer.begin();
            batch.zone(1, ZoneOffset.UTC, new Position(3, 1));
            batch.board(1, "board", "BEST", "DESC", "NEVER", new Position(3, 2));
            Checkpoint checkpoint = new Checkpoint(new Position(3, 2), Instant.EPOCH, 2, 0, 0);
            assertThat(writer.commit(batch, 0, writer.checkpoint(0), checkpoint, List.of()))
                    .isTrue();
            LeaderboardsVersions versions = new LeaderboardsVersions(
                    redis, 1, new PGSimpleDataSource(), new RuleOccasions(number -> Optional.empty()));
            assertThat(versions.bytes(VERSION)).isEmpty();

            while (versions.bytes(VERSION).isEmpty()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            assertThat(versions.bytes(VERSION)).hasValue(new LeaderboardsMemory(redis).ofVersion(VERSION));
            assertThat(versions.bytes(VERSION).getAsLong()).isPositive();
            assertThat(versions.freeBytes().getAsLong()).isPositive();
            versions.drop(VERSION);
        }
    }
}
