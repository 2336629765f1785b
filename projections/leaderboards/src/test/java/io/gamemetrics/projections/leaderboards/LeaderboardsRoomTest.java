package io.gamemetrics.projections.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsMemory;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderboardsRoomTest {

    private static final int VERSION = 77;

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
            LeaderboardsMemory memory = new LeaderboardsMemory(redis);
            List<Runnable> aside = new ArrayList<>();
            MeasuredMemory measured = new MeasuredMemory(memory, aside::add);
            assertThat(measured.ofVersion(VERSION)).isEmpty();
            assertThat(measured.ofVersion(VERSION)).isEmpty();
            assertThat(aside).as("once at a time").hasSize(1);
            aside.removeFirst().run();

            assertThat(measured.ofVersion(VERSION)).hasValue(memory.ofVersion(VERSION));
            assertThat(measured.ofVersion(VERSION).getAsLong()).isPositive();
            assertThat(aside).as("it is good for a while").isEmpty();
            assertThat(measured.free().getAsLong()).isPositive();
            new LeaderboardsCleaner(redis, VERSION).drop();
        }
    }

    @Test
    void what_could_not_be_measured_is_measured_when_it_is_asked_for_again() {
        try (LeaderboardsRedis nowhere = LeaderboardsRedis.at("redis://127.0.0.1:1")) {
            List<Runnable> aside = new ArrayList<>();
            MeasuredMemory measured = new MeasuredMemory(new LeaderboardsMemory(nowhere), aside::add);
            assertThat(measured.ofVersion(VERSION)).isEmpty();
            aside.removeFirst().run();
            assertThat(measured.ofVersion(VERSION)).isEmpty();
            assertThat(aside).hasSize(1);
        }
    }
}
