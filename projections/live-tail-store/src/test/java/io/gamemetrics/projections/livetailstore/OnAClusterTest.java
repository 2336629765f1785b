package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedisCluster;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnAClusterTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int GAMES = 20;

    @Test
    void each_game_is_written_read_and_purged_on_its_node() {
        try (TestRedisCluster cluster = TestRedisCluster.start();
                LiveTailStore store = LiveTailStore.open("cluster:" + cluster.url())) {
            LiveTailBatch batch = store.writer().begin(0);
            IntStream.range(0, GAMES).forEach(game -> batch.add(game, event(game)));
            Checkpoint next = checkpoint();
            assertThat(batch.commit(null, next)).isTrue();

            assertThat(store.writer().checkpoint(0)).isEqualTo(next);
            LiveTailReader reader = store.reader(1);
            for (int game = 0; game < GAMES; game++) {
                assertThat(reader.page(game, new Position(1, 0), next.position(), 10)
                                .events())
                        .containsExactly(event(game));
                assertThat(store.cleaner().held(game, player(game))).isEqualTo(Map.of("entry", 1L));
                assertThat(store.cleaner().purge(game, player(game))).isEqualTo(1);
            }
        }
    }

    private static LiveEvent event(int game) {
        return new LiveEvent(
                new Position(1, game + 1L),
                "session_started",
                null,
                player(game),
                AT,
                AT,
                "ios",
                null,
                null,
                Map.of(),
                Map.of("é", "ü\u0000:"));
    }

    private static UUID player(int game) {
        return new UUID(7, game);
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(new Position(1, GAMES), AT, 1, 1, 1);
    }
}
