package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.ingestion.NoisyGame.Told;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While the store takes nothing: somebody else holds its head. */
@ExtendWith(SharedCommandSide.class)
class BoundedQueueTest {

    private static final TestCommandSide server = SharedCommandSide.server();

    /** A game may have half of the places of four lanes waiting, and some being decided. */
    private static final int EVENTS = 500;

    /** Each event is a new player's, with a key to be made: on a busy machine that takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int FILLING = 60;
    private static final int MORE = 60;
    private static final int AFTER = 10;

    @Test
    void pastTheBoundAnswersAreRefusalsAtOnceAndAnotherGameStillFindsRoom() throws Exception {
        String noisyId = SharedCommandSide.newGame();
        String quietId = SharedCommandSide.newGame();
        NoisyGame noisy = new NoisyGame(server, noisyId, server.createGame(noisyId), EVENTS);
        String quietKey = server.createGame(quietId);
        warmUp(quietId, quietKey);
        CompletableFuture<Answer> quiet;
        try (HeldHead held = HeldHead.of(SharedCommandSide.databases().store())) {
            noisy.send(FILLING);
            await().pollInterval(Duration.ofMillis(25)).atMost(PATIENCE).until(() -> !noisy.told()
                    .isEmpty());
            noisy.send(MORE);
            await().pollInterval(Duration.ofMillis(25))
                    .atMost(PATIENCE)
                    .until(() -> noisy.told().size() >= MORE);
            quiet = CompletableFuture.supplyAsync(
                    () -> server.events(quietId, quietKey, event("mine")),
                    command -> Thread.ofVirtual().start(command));
            assertThat(noisy.told()).as("nothing can be stored").allSatisfy(BoundedQueueTest::isRefusal);
            held.awaitWaiters(2);
            // Whose requests come after the quiet one's, and are answered before it.
            noisy.send(AFTER);
            await().pollInterval(Duration.ofMillis(25))
                    .atMost(PATIENCE)
                    .until(() -> noisy.told().size() >= MORE + AFTER);
            assertThat(quiet).isNotDone();
        }
        assertThat(quiet.get().status()).isEqualTo(200);
        assertThat(noisy.all())
                .hasSize(FILLING + MORE + AFTER)
                .extracting(Told::status)
                .contains(200, 503);
    }

    @Test
    void theLargestRequestFindsRoomOnAnIdleServer() throws Exception {
        String game = SharedCommandSide.newGame();
        NoisyGame one = new NoisyGame(server, game, server.createGame(game), EventBatch.MAX_EVENTS);
        one.send(1);
        assertThat(one.all()).extracting(Told::status).containsExactly(200);
    }

    /** Long before anything that waits is given up. */
    private static void isRefusal(Told told) {
        assertThat(told.status()).isEqualTo(503);
        assertThat(Integer.parseInt(told.retryAfter())).isBetween(1, 30);
        assertThat(Duration.ofNanos(told.nanos())).isLessThan(Duration.ofSeconds(15));
    }

    private static void warmUp(String game, String key) {
        assertThat(server.events(game, key, event("first")).status()).isEqualTo(200);
    }

    private static String event(String id) {
        return """
            [{"eventId":"%s","type":"custom","playerId":"p","occurredAt":"2026-01-01T10:15:30Z","name":"x"}]""".formatted(id);
    }

    /** Another client's lock on the store's head. */
    private record HeldHead(Connection connection) implements AutoCloseable {

        static HeldHead of(String store) throws Exception {
            Connection connection = DriverManager.getConnection(store);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT position FROM stream_head FOR UPDATE");
            }
            return new HeldHead(connection);
        }

        /** Waits until so many appends stand before it. */
        void awaitWaiters(int count) {
            await().pollInterval(Duration.ofMillis(25)).atMost(PATIENCE).until(() -> waiters() >= count);
        }

        private int waiters() throws Exception {
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                row.next();
                return row.getInt(1);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }
}
