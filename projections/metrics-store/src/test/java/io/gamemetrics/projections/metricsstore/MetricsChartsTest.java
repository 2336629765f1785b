package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestTimescale;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MetricsChartsTest {

    private static final GameId GAME = new GameId("charted");
    private static final Instant DAY = Instant.parse("2026-03-20T00:00:00Z");
    private static TestTimescale timescale;

    private PGSimpleDataSource database;
    private MetricsWriter writer;
    private MetricsCharts charts;
    private @Nullable Checkpoint checkpoint;
    private long sequence;

    @BeforeAll
    static void startServer() {
        timescale = TestTimescale.start();
    }

    @AfterAll
    static void stopServer() {
        timescale.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        PGSimpleDataSource fresh = new PGSimpleDataSource();
        fresh.setUrl(timescale.jdbcUrl());
        MetricsSchema.drop(fresh);
        open(fresh);
    }

    private void open(PGSimpleDataSource fresh) {
        database = fresh;
        MetricsSchema.migrate(database);
        writer = new MetricsWriter(database, "metrics");
        charts = new MetricsCharts(MetricsSchema.of(database, 1));
        checkpoint = null;
        MetricsBatch batch = writer.begin();
        batch.game(1, GAME.value(), ZoneId.of("Asia/Kolkata"), "USD", true, new Position(1, 1));
        commit(batch);
    }

    private void commit(MetricsBatch batch) {
        long number = checkpoint == null ? 1 : checkpoint.position().number() + 1;
        Checkpoint next = new Checkpoint(new Position(1, number), DAY, number, number, number);
        assertThat(writer.commit(batch, 0, checkpoint, next, List.of())).isTrue();
        checkpoint = next;
    }

    private void send(Instant... at) {
        MetricsBatch batch = writer.begin();
        for (Instant each : at) {
            batch.add(new EventRow(
                            1, 7, new UUID(0, 7), sequence++, each, EventKind.PURCHASE, "ios", null, null, Map.of())
                    .item("gems", "iap")
                    .money("USD", 5));
        }
        commit(batch);
    }

    private List<BigDecimal> hours(Metric metric) {
        return MetricsReader.on(database, 1)
                .metrics(
                        GAME,
                        metric,
                        Granularity.HOUR,
                        DAY.plus(Duration.ofMinutes(30)),
                        DAY.plus(Duration.ofMinutes(210)),
                        List.of(),
                        1,
                        Filter.ALL)
                .getFirst()
                .points()
                .stream()
                .map(Series.Point::value)
                .toList();
    }

    private ChartLayers layers() {
        try (Connection connection = MetricsSchema.of(database, 1).connect()) {
            GameRow game = new GameRow(1, GAME.value(), ZoneId.of("Asia/Kolkata"), "USD", true, 1, 1, null);
            return ChartLayers.read(
                    connection,
                    Buckets.of(
                            Granularity.HOUR,
                            DAY.plus(Duration.ofMinutes(30)),
                            DAY.plus(Duration.ofMinutes(210)),
                            game));
        } catch (SQLException e) {
            throw new MetricsStoreException("layers not read", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<BigDecimal> of(long... values) {
        List<BigDecimal> list = new ArrayList<>();
        for (long value : values) {
            list.add(BigDecimal.valueOf(value));
        }
        return list;
    }

    @Test
    void a_late_event_is_in_the_chart_at_once_and_only_its_minute_is_read_from_events() {
        send(DAY.plusSeconds(2_000), DAY.plusSeconds(9_000));
        charts.make();
        assertThat(layers().events()).isEqualTo(TimeRanges.NONE);
        assertThat(hours(Metric.EVENTS)).isEqualTo(of(1, 0, 1));

        send(DAY.plusSeconds(2_010));

        assertThat(hours(Metric.EVENTS)).isEqualTo(of(2, 0, 1));
        assertThat(hours(Metric.REVENUE)).isEqualTo(of(10, 0, 5));
        assertThat(layers().events())
                .isEqualTo(TimeRanges.of(DAY.plus(Duration.ofMinutes(33)), DAY.plus(Duration.ofMinutes(34))));
        assertThat(layers().minutes().ranges()).hasSize(2);
        charts.make();
        assertThat(layers().events()).isEqualTo(TimeRanges.NONE);
        assertThat(hours(Metric.EVENTS)).isEqualTo(of(2, 0, 1));
    }

    @Test
    void what_is_made_is_read_and_not_the_events() throws SQLException {
        send(DAY.plusSeconds(2_000));
        charts.make();

        // Behind the writer's back: nothing marks it.
        execute("UPDATE metrics.event SET micros = 1000");

        assertThat(hours(Metric.REVENUE)).isEqualTo(of(5, 0, 0));
        assertThat(hours(Metric.PAYERS)).isEqualTo(of(1, 0, 0));
    }

    @Test
    void whoever_is_erased_is_in_no_chart_any_more() throws SQLException {
        send(DAY.plusSeconds(2_000), DAY.plusSeconds(9_000));
        charts.make();

        MetricsBatch batch = writer.begin();
        batch.erased(1, 7, new UUID(0, 7));
        commit(batch);

        assertThat(hours(Metric.EVENTS)).isEqualTo(of(0, 0, 0));
        charts.make();
        List<Long> rows = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String chart : List.of("chart_minute", "chart_half_hour")) {
                new Sql()
                        .add("SELECT count(*) FROM metrics." + chart)
                        .forEach(connection, row -> rows.add(row.getLong(1)));
            }
        }
        assertThat(rows).containsExactly(0L, 0L);
    }

    @Test
    void what_comes_while_charts_are_made_stays_marked() throws SQLException {
        send(DAY.plusSeconds(2_000));
        execute("CREATE FUNCTION metrics.late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO metrics.chart_touched (from_at, to_at) VALUES (OLD.from_at, OLD.to_at);"
                + " RETURN NULL; END $$");
        execute(
                "CREATE TRIGGER late AFTER DELETE ON metrics.chart_touched FOR EACH ROW EXECUTE FUNCTION metrics.late()");

        charts.make();

        assertThat(layers().events().ranges()).hasSize(1);
    }

    @Test
    void views_of_the_same_names_say_the_same_on_both_engines() throws SQLException {
        List<List<String>> answers = new ArrayList<>();
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(TestPostgres.newDatabase());
        for (PGSimpleDataSource engine : List.of(database, postgres)) {
            if (engine != database) {
                open(engine);
            }
            send(DAY.plusSeconds(2_000), DAY.plusSeconds(2_001), DAY.plusSeconds(9_000));
            charts.make();
            for (String chart : List.of("chart_minute", "chart_half_hour")) {
                List<String> rows = new ArrayList<>();
                try (Connection connection = database.getConnection()) {
                    new Sql()
                            .add("SELECT extract(epoch FROM bucket)::bigint, events, micros, played FROM metrics."
                                    + chart + " ORDER BY 1")
                            .forEach(
                                    connection,
                                    row -> rows.add(row.getLong(1) + " " + row.getLong(2) + " " + row.getLong(3) + " "
                                            + row.getBoolean(4)));
                }
                answers.add(rows);
            }
        }
        assertThat(answers.get(0)).hasSize(2).isEqualTo(answers.get(2));
        assertThat(answers.get(1)).hasSize(2).isEqualTo(answers.get(3));
    }
}
