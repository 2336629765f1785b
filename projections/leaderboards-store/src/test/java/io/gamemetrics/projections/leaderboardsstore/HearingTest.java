package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.SilentWire;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Position;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;

/** Notices on a connection through a wire that falls silent. */
class HearingTest {

    private static final int GAME = 9_999;
    private static final String LISTENING = "listening";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final LeaderboardsRedis direct = LeaderboardsRedis.at(TestRedis.url());
    private SilentWire wire;
    private LeaderboardsRedis redis;

    @BeforeEach
    void connect() throws IOException {
        int port = URI.create(TestRedis.url()).getPort();
        wire = new SilentWire(port);
        redis = LeaderboardsRedis.at(TestRedis.url().replace(":" + port, ":" + wire.port()));
    }

    @AfterEach
    void close() throws IOException {
        redis.close();
        direct.close();
        wire.close();
    }

    @Test
    void a_connection_that_dies_without_a_word_is_replaced_and_everybody_told_that_some_may_be_missing()
            throws Exception {
        LeaderboardsReader reader = new LeaderboardsReader(redis);
        try (Hearing hearing = Hearing.begin(redis, listener(), Duration.ofMillis(100), Duration.ofMillis(500))) {
            assertThat(next()).isEqualTo(LISTENING);
            publish(1);
            assertThat(next()).isEqualTo("1");
            reader.hasBegun();

            wire.fallSilent();
            publish(2);
            assertThat(next()).as("what was told meanwhile is lost").isEqualTo(LISTENING);
            publish(3);
            assertThat(next()).isEqualTo("3");
            reader.hasBegun();
            assertThat(hearing).isNotNull();
            assertThat(told).as("it is left alone while it answers").isEmpty();
        }
    }

    private LeaderboardChanges.Listener listener() {
        return new LeaderboardChanges.Listener() {
            @Override
            public void changed(int version, int gameNumber, ChangeNotice notice) {
                if (gameNumber == GAME) {
                    told.add(Long.toString(notice.position().number()));
                }
            }

            @Override
            public void listening() {
                told.add(LISTENING);
            }
        };
    }

    /** Sooner than a question would be given up. */
    private @Nullable String next() throws InterruptedException {
        return told.poll(8, TimeUnit.SECONDS);
    }

    private void publish(long number) {
        try (RedisConnection connection = direct.connections().getConnection()) {
            connection.publish(
                    Bytes.of(ChangeNotice.channel(1, GAME)),
                    Bytes.of(new ChangeNotice("board", new Position(1, number)).text()));
        }
    }
}
