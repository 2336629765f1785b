package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Dropping months while others write and read, on plain PostgreSQL. */
class EventExpiryTest {

    private static final Instant MARCH = Instant.parse("2026-03-05T12:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-08T12:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-05T00:00:00Z");
    private static final Duration KEEP = Duration.ofDays(30);

    private PGSimpleDataSource database;
    private MetricsWriter writer;
    private EventExpiry expiry;
    private @Nullable Checkpoint checkpoint;
    private long sequence;

    @BeforeEach
    void begin() {
        database = new PGSimpleDataSource();
        database.setUrl(TestPostgres.newDatabase());
        MetricsSchema.migrate(database);
        writer = new MetricsWriter(database, "metrics");
        expiry = new EventExpiry(MetricsSchema.of(database, 1));
        checkpoint = null;
        MetricsBatch batch = writer.begin();
        batch.game(1, "kept", ZoneOffset.UTC, "USD", true, new Position(1, 1));
        commit(batch);
        send(MARCH);
        send(APRIL);
    }

    private void commit(MetricsBatch batch) {
        long number = checkpoint == null ? 1 : checkpoint.position().number() + 1;
        Checkpoint next = new Checkpoint(new Position(1, number), MAY, number, number, number);
        assertThat(writer.commit(batch, 0, checkpoint, next, List.of())).isTrue();
        checkpoint = next;
    }

    private void send(Instant at) {
        MetricsBatch batch = writer.begin();
        batch.add(new EventRow(
                1, 7, new UUID(0, 7), sequence++, at, EventKind.SESSION_STARTED, "ios", null, null, Map.of()));
        commit(batch);
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private String partitions() throws SQLException {
        return ask("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                + " WHERE relname ~ '^event_[0-9]{4}_[0-9]{2}$' AND relkind = 'r'");
    }

    private Connection transaction(String... statements) throws SQLException {
        Connection connection = MetricsSchema.of(database, 1).connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return connection;
    }

    private void dropEverything() {
        while (!expiry.expire(KEEP)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_writer_that_does_not_know_the_new_horizon_is_waited_for() throws SQLException {
        try (Connection old = transaction("SELECT pg_current_xact_id()")) {
            assertThat(expiry.expire(KEEP)).isFalse();
            assertThat(expiry.expire(KEEP)).isFalse();
            assertThat(partitions()).isEqualTo("event_2026_03 event_2026_04");
            old.commit();
        }
        dropEverything();
        assertThat(partitions()).isEqualTo("event_2026_04");
    }

    @Test
    void who_writes_while_a_month_is_taken_away_goes_on() throws Exception {
        try (Connection reader = transaction("SELECT count(*) FROM metrics.event")) {
            CompletableFuture<Void> drop = CompletableFuture.runAsync(this::dropEverything, Thread::startVirtualThread);
            while (!ask("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
                    .equals("1")) {
                Thread.onSpinWait();
            }
            send(APRIL);
            send(MARCH);
            assertThat(ask("SELECT count(*) FROM metrics.event")).isEqualTo("2");
            assertThat(drop).isNotDone();
            reader.commit();
            drop.join();
        }
        assertThat(partitions()).isEqualTo("event_2026_04");
        assertThat(ask("SELECT sum(events) FROM metrics.segment_day")).isEqualTo("4");
    }

    @Test
    void a_drop_that_was_broken_off_is_finished() throws Exception {
        try (Connection reader = transaction("SELECT count(*) FROM metrics.event")) {
            CompletableFuture<Void> drop = CompletableFuture.runAsync(this::dropEverything, Thread::startVirtualThread);
            while (!ask("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
                    .equals("1")) {
                Thread.onSpinWait();
            }
            ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE event%'"
                    + " AND datname = current_database()");
            assertThatThrownBy(drop::join).hasCauseInstanceOf(MetricsStoreException.class);
            reader.commit();
        }
        assertThat(partitions()).isEqualTo("event_2026_03 event_2026_04");

        dropEverything();

        assertThat(partitions()).isEqualTo("event_2026_04");
        assertThat(ask("SELECT count(*) FROM metrics.event_open")).isEqualTo("1");
    }

    @Test
    void what_was_detached_and_not_dropped_is_dropped() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE metrics.event DETACH PARTITION metrics.event_2026_03");
        }
        dropEverything();
        assertThat(partitions()).isEqualTo("event_2026_04");
    }

    @Test
    void of_two_only_one_works() throws SQLException {
        try (Connection other = transaction(
                "SELECT pg_advisory_lock(" + UpkeepLock.EVENTS.number(MetricsSchema.of(database, 1)) + ")")) {
            assertThat(expiry.expire(KEEP)).isFalse();
            assertThat(expiry.keptFrom()).isNull();
            other.rollback();
        }
        dropEverything();
        assertThat(partitions()).isEqualTo("event_2026_04");
    }

    @Test
    void a_shorter_time_moves_the_horizon_and_a_longer_one_does_not() {
        dropEverything();
        while (!expiry.expire(Duration.ofDays(60))) {
            Thread.onSpinWait();
        }
        assertThat(expiry.keptFrom()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
        while (!expiry.expire(Duration.ofDays(1))) {
            Thread.onSpinWait();
        }
        assertThat(expiry.keptFrom()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    }

    /** Its own snapshot is older than the horizon; the tables are as they are. */
    @Test
    void an_answer_that_was_sought_while_events_were_dropped_is_refused() throws SQLException {
        GameRow game = new GameRow(1, "kept", ZoneOffset.UTC, "USD", true, 1, 1, null);
        try (Connection reader = transaction("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")) {
            Kept march = new Kept(reader, game);
            march.events(MARCH, APRIL);
            Kept april = new Kept(reader, game);
            april.events(APRIL, MAY);
            dropEverything();
            march.events(MARCH, APRIL);

            reader.rollback();

            april.stillThere();
            assertThatThrownBy(march::stillThere).isInstanceOf(NoLongerKeptException.class);
        }
    }
}
