package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MetricsChangesTest {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static MetricsWriter writer;
    private static MetricsChanges changes;
    private static int games;

    private final int game = ++games;
    private final int partition = games;
    private @Nullable Checkpoint at;
    private long number;

    @BeforeAll
    static void open() {
        DATABASE.setUrl(TestPostgres.newDatabase());
        MetricsSchema.migrate(DATABASE);
        writer = new MetricsWriter(DATABASE, "metrics");
        changes = new MetricsChanges(DATABASE, () -> 1, 2);
    }

    @Test
    void a_commit_is_heard_with_the_days_it_changed_in_the_games_own_calendar() {
        try (MetricsChanges.Following following = changes.follow()) {
            Position created = commit(withGame(writer.begin()));
            assertThat(following.next(LONG))
                    .containsExactly(new MetricsMove(partition, created, Map.of(game, Days.ANY), false));

            MetricsBatch batch = writer.begin();
            batch.add(event(1, "2026-03-01T18:29:59Z"));
            batch.add(event(2, "2026-03-04T18:30:00Z"));
            Position at = commit(batch);
            Days days = new Days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05"));
            assertThat(following.next(LONG)).containsExactly(new MetricsMove(partition, at, Map.of(game, days), false));
            assertThat(changes.lastChanges(game)).isEqualTo(Map.of(partition, at));
            assertThat(following.positions()).containsEntry(partition, at);
        }
    }

    @Test
    void a_checkpoint_that_moves_alone_is_heard_and_one_that_stands_still_is_not() {
        try (MetricsChanges.Following following = changes.follow()) {
            Position moved = commit(writer.begin());
            assertThat(following.next(LONG)).containsExactly(new MetricsMove(partition, moved, Map.of(), false));
            number--;
            commit(writer.begin());
            assertThat(following.next(Duration.ofMillis(200))).isEmpty();
            assertThat(changes.lastChanges(game)).isEmpty();
        }
    }

    @Test
    void a_batch_that_is_refused_is_never_heard() {
        commit(withGame(writer.begin()));
        try (MetricsChanges.Following following = changes.follow()) {
            MetricsBatch late = writer.begin();
            late.add(event(1, "2026-03-01T00:00:00Z"));
            assertThat(writer.commit(late, partition, null, checkpoint(), List.of()))
                    .isFalse();
            assertThat(following.next(Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void a_batch_of_very_many_games_says_that_it_may_be_any() {
        try (MetricsChanges.Following following = changes.follow()) {
            MetricsBatch batch = writer.begin();
            for (int i = 0; i < 300; i++) {
                batch.game(10_000 + i, "many-" + i, KOLKATA, "USD", true, new Position(1, 1));
            }
            Position at = commit(batch);
            assertThat(following.next(LONG)).containsExactly(new MetricsMove(partition, at, Map.of(), true));
            assertThat(changes.lastChanges(10_299)).isEqualTo(Map.of(partition, at));
        }
    }

    @Test
    void a_listener_whose_connection_was_ended_says_so() throws SQLException {
        try (MetricsChanges.Following following = changes.follow();
                Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE query LIKE 'LISTEN %' AND datname = current_database()");
            assertThatThrownBy(() -> following.next(LONG)).isInstanceOf(MetricsStoreException.class);
        }
    }

    private MetricsBatch withGame(MetricsBatch batch) {
        batch.game(game, "game-" + game, KOLKATA, "USD", true, new Position(1, 1));
        return batch;
    }

    private EventRow event(long sequence, String occurredAt) {
        return new EventRow(
                game,
                0,
                UUID.nameUUIDFromBytes(new byte[] {(byte) game}),
                sequence,
                Instant.parse(occurredAt),
                EventKind.SESSION_STARTED,
                null,
                null,
                null,
                Map.of());
    }

    @Test
    void who_saw_a_position_is_told_of_what_was_released_there_and_of_nothing_else() {
        commit(withGame(writer.begin()));
        Position seen = commit(withEvent(1));
        assertThat(changes.changesSince(game, seen)).isEmpty();
        assertThat(changes.changesSince(game, new Position(1, seen.number() - 1)))
                .containsExactly(seen);

        Checkpoint here = Objects.requireNonNull(at);
        assertThat(writer.commit(withEvent(2), partition, here, here, List.of()))
                .isTrue();
        assertThat(changes.changesSince(game, seen)).containsExactly(seen);

        Position later = commit(withEvent(3));
        assertThat(changes.changesSince(game, seen)).containsExactly(later);
        assertThat(changes.changesSince(game, later)).isEmpty();
    }

    private MetricsBatch withEvent(long sequence) {
        MetricsBatch batch = writer.begin();
        batch.add(event(sequence, "2026-03-01T18:29:59Z"));
        return batch;
    }

    private Position commit(MetricsBatch batch) {
        Checkpoint next = checkpoint();
        assertThat(writer.commit(batch, partition, at, next, List.of())).isTrue();
        at = next;
        return next.position();
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(new Position(1, ++number), Instant.EPOCH, number, number, number);
    }
}
