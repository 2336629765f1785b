package io.gamemetrics.infrastructure.readstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCheckpointsTest {

    private static final Checkpoint FIRST = checkpoint(10, 5);
    private static final Checkpoint SECOND = checkpoint(20, 9);

    private final PostgresCheckpoints checkpoints = new PostgresCheckpoints("some_store", "some-projection");
    private String url = "";
    private Connection connection;

    @BeforeEach
    void openANewStore() throws SQLException {
        url = TestPostgres.newDatabase();
        for (int time = 0; time < 2; time++) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .schemas("some_store")
                    .locations(PostgresCheckpoints.MIGRATIONS)
                    .load()
                    .migrate();
        }
        connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void a_partition_without_a_batch_has_no_checkpoint() throws SQLException {
        assertThat(checkpoints.read(connection, 0)).isNull();
        assertThat(checkpoints.least(connection, 1)).isEmpty();
    }

    @Test
    void a_checkpoint_that_moved_is_read_back_whole() throws SQLException {
        assertThat(checkpoints.compareAndSet(connection, 3, null, FIRST)).isTrue();
        assertThat(checkpoints.compareAndSet(connection, 3, FIRST, SECOND)).isTrue();

        assertThat(checkpoints.read(connection, 3)).isEqualTo(SECOND);
        assertThat(checkpoints.read(connection, 4)).isNull();
    }

    @Test
    void a_writer_that_expects_an_older_checkpoint_is_refused() throws SQLException {
        checkpoints.compareAndSet(connection, 0, null, FIRST);
        checkpoints.compareAndSet(connection, 0, FIRST, SECOND);

        assertThat(checkpoints.compareAndSet(connection, 0, FIRST, checkpoint(15, 7)))
                .isFalse();
        assertThat(checkpoints.compareAndSet(connection, 0, null, FIRST)).isFalse();
        assertThat(checkpoints.read(connection, 0)).isEqualTo(SECOND);
    }

    @Test
    void of_two_writers_at_once_exactly_one_moves_the_checkpoint() throws Exception {
        checkpoints.compareAndSet(connection, 0, null, FIRST);
        connection.commit();
        checkpoints.compareAndSet(connection, 0, FIRST, SECOND);

        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
            try (Connection second = DriverManager.getConnection(url)) {
                return checkpoints.compareAndSet(second, 0, FIRST, checkpoint(15, 7));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        connection.commit();

        assertThat(other.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(checkpoints.read(connection, 0)).isEqualTo(SECOND);
    }

    @Test
    void the_least_checkpoint_is_that_of_the_partition_furthest_behind() throws SQLException {
        checkpoints.compareAndSet(connection, 0, null, SECOND);
        assertThat(checkpoints.least(connection, 2)).isEmpty();

        checkpoints.compareAndSet(connection, 1, null, FIRST);
        assertThat(checkpoints.least(connection, 2)).contains(FIRST);
    }

    @Test
    void another_projection_in_the_same_store_has_its_own_checkpoints() throws SQLException {
        checkpoints.compareAndSet(connection, 0, null, FIRST);

        assertThat(new PostgresCheckpoints("some_store", "other").read(connection, 0))
                .isNull();
    }

    @Test
    void the_stream_of_a_parked_event_is_quarantined_in_its_partition_only() throws SQLException {
        ParkedEvent event = parked(UUID.randomUUID(), 12, "handler.failed");
        park(2, event);
        park(2, event);

        assertThat(checkpoints.quarantined(connection, 2))
                .containsExactly(new QuarantinedStream(event, event.position(), 1));
        assertThat(checkpoints.quarantined(connection, 1)).isEmpty();
    }

    @Test
    void streams_come_in_order_of_their_first_event_with_how_many_wait() throws SQLException {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        park(0, parked(one, 12, "handler.failed"), parked(one, 14, "stream.waits"));
        park(0, parked(other, 9, "payload.broken"), parked(one, 20, "stream.waits"));

        assertThat(checkpoints.quarantined(connection, 0))
                .containsExactly(
                        new QuarantinedStream(parked(other, 9, "payload.broken"), new Position(7, 9), 1),
                        new QuarantinedStream(parked(one, 12, "handler.failed"), new Position(7, 20), 3));
        assertThat(checkpoints.parked(connection, 0, one, 2))
                .containsExactly(parked(one, 12, "handler.failed"), parked(one, 14, "stream.waits"));
    }

    @Test
    void what_is_released_waits_no_more_and_is_released_once() throws SQLException {
        UUID stream = UUID.randomUUID();
        ParkedEvent first = parked(stream, 12, "handler.failed");
        ParkedEvent second = parked(stream, 14, "stream.waits");
        park(0, first, second);

        assertThat(checkpoints.park(connection, 0, List.of(second.because("handler.failed")), List.of(first)))
                .isTrue();
        assertThat(checkpoints.quarantined(connection, 0))
                .containsExactly(new QuarantinedStream(second.because("handler.failed"), second.position(), 1));
        assertThat(checkpoints.park(connection, 0, List.of(), List.of(first))).isFalse();
    }

    private void park(int partition, ParkedEvent... events) throws SQLException {
        assertThat(checkpoints.park(connection, partition, List.of(events), List.of()))
                .isTrue();
    }

    private static ParkedEvent parked(UUID stream, long number, String cause) {
        return new ParkedEvent(new Position(7, number), stream, number, cause);
    }

    @Test
    void a_schema_that_is_not_a_plain_name_is_refused() {
        assertThatThrownBy(() -> new PostgresCheckpoints("a; DROP", "p")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Checkpoint checkpoint(long number, long offset) {
        return new Checkpoint(
                new Position(7, number), Instant.parse("2026-01-02T03:04:05.123456Z"), offset, number, -number);
    }
}
