package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestTimescale;
import io.gamemetrics.projections.metricsstore.EventKind;
import io.gamemetrics.projections.metricsstore.EventRow;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** What the service does to its tables in the background, as it is started. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class MetricsUpkeepTest {

    private static final GameId GAME = new GameId("kept");
    private static final Instant MARCH = Instant.parse("2026-03-05T12:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-08T12:00:00Z");
    private static final Instant KEPT_FROM = Instant.parse("2026-04-01T00:00:00Z");

    @TempDir
    Path folder;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private @Nullable MetricsWriter writer;
    private @Nullable Checkpoint checkpoint;
    private long sequence;

    /** Numbers of an earlier time; the service itself has nothing to count. */
    private void begin(String url) {
        database.setUrl(url);
        MetricsSchema.migrate(database);
        writer = new MetricsWriter(database, "earlier");
        checkpoint = null;
        MetricsBatch batch = writer().begin();
        batch.game(1, GAME.value(), ZoneOffset.UTC, "USD", true, new Position(1, 1));
        commit(batch, Instant.parse("2026-05-05T00:00:00Z"));
    }

    private MetricsWriter writer() {
        return Objects.requireNonNull(writer);
    }

    private void commit(MetricsBatch batch, Instant asOf) {
        long number = checkpoint == null ? 1 : checkpoint.position().number() + 1;
        Checkpoint next = new Checkpoint(new Position(1, number), asOf, number, number, number);
        assertThat(writer().commit(batch, 0, checkpoint, next, List.of())).isTrue();
        checkpoint = next;
    }

    private void send(Instant at, Instant asOf) {
        MetricsBatch batch = writer().begin();
        batch.add(new EventRow(1, 7, new UUID(0, 7), sequence++, at, EventKind.PURCHASE, "ios", null, null, Map.of())
                .item("gems", "iap")
                .money("USD", 5));
        commit(batch, asOf);
    }

    private void marchAndApril() {
        Instant may = Instant.parse("2026-05-05T00:00:00Z");
        send(MARCH, may);
        send(MARCH.plusSeconds(5), may);
        send(APRIL, may);
        send(APRIL.plusSeconds(3_600), may);
    }

    /** For the TimescaleDB of tests, whose connections take turns: the games' projection needs two at once. */
    @ProjectionService
    @Import(MetricsWiring.class)
    static class MetricsAlone {}

    private ConfigurableApplicationContext service(Class<?> service) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "spring.main.web-application-type",
                "none",
                "gamemetrics.postgres.url",
                TestPostgres.newDatabase(),
                "gamemetrics.vault.url",
                TestPostgres.newDatabase(),
                "gamemetrics.timescale.url",
                String.valueOf(database.getUrl()),
                "gamemetrics.key-dir",
                folder.toString(),
                "gamemetrics.kafka.bootstrap-servers",
                TestKafka.bootstrapServers()));
        settings.put("logging.level.io.gamemetrics.projections.metricsstore", "INFO");
        for (String each : List.of("postgres", "vault", "timescale")) {
            settings.put("gamemetrics." + each + ".user", TestPostgres.server().user());
            settings.put(
                    "gamemetrics." + each + ".password", TestPostgres.server().password());
        }
        return ProjectionProcess.start(
                service,
                "metrics",
                settings,
                "--gamemetrics.metrics.keep-events-for=30d",
                "--gamemetrics.metrics.compress-after=P100D",
                "--gamemetrics.metrics.upkeep-every=200ms");
    }

    private static void await(BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static MetricsUpkeep.Status status(ConfigurableApplicationContext service) {
        return Objects.requireNonNull(
                service.getBean(MetricsVersions.class).upkeep().get(1));
    }

    private long count(String rows) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + rows)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Object> numbers() {
        MetricsReader reader = MetricsReader.on(database, 1);
        LocalDate march = LocalDate.ofInstant(MARCH, ZoneOffset.UTC);
        LocalDate april = LocalDate.ofInstant(APRIL, ZoneOffset.UTC);
        List<Series> hours = reader.metrics(
                GAME, Metric.REVENUE, Granularity.HOUR, KEPT_FROM, APRIL.plusSeconds(7_200), List.of(), 1, Filter.ALL);
        return List.of(reader.dailyMetrics(GAME, march, april, Filter.ALL), hours);
    }

    private static Health health(ConfigurableApplicationContext service) {
        return (Health) service.getBean(HealthEndpoint.class).healthForPath("metricsUpkeep");
    }

    @Test
    void on_timescaledb_old_events_are_compressed_and_older_ones_dropped_and_charts_stay(CapturedOutput log) {
        try (TestTimescale timescale = TestTimescale.start()) {
            begin(timescale.jdbcUrl());
            marchAndApril();
            List<Object> before = numbers();
            try (ConfigurableApplicationContext service = service(MetricsAlone.class)) {
                await(() -> KEPT_FROM.equals(status(service).eventsFrom()) && count("metrics.event") == 2);

                assertThat(count("timescaledb_information.chunks WHERE hypertable_name = 'event' AND is_compressed"))
                        .isOne();
                assertThat(count("metrics.chart_touched")).isZero();
                assertThat(count("metrics.chart_minute")).isEqualTo(2);
                assertThat(count("metrics.chart_half_hour")).isEqualTo(2);
                assertThat(numbers()).isEqualTo(before);
                assertThat(health(service).getDetails())
                        .extractingByKey("version 1", InstanceOfAssertFactories.MAP)
                        .containsEntry("eventsFrom", KEPT_FROM)
                        .containsEntry("problem", "none");
                assertThat(log).contains("dropped after PT720H", "events that occurred before " + KEPT_FROM);
            }
        }
    }

    @Test
    void when_its_database_is_killed_it_says_so_and_goes_on_afterwards(CapturedOutput log) throws Exception {
        begin(TestPostgres.newDatabase());
        marchAndApril();
        List<Object> before = numbers();
        try (ConfigurableApplicationContext service = service(MetricsService.class)) {
            await(() -> KEPT_FROM.equals(status(service).eventsFrom()) && count("metrics.event") == 2);
            assertThat(numbers()).isEqualTo(before);

            TestPostgres.server().kill();
            await(() -> status(service).problem() != null);
            assertThat(health(service).getStatus()).isEqualTo(Status.UP);
            assertThat(health(service).getDetails())
                    .extractingByKey("version 1", InstanceOfAssertFactories.MAP)
                    .containsEntry("problem", "MetricsStoreException");
            TestPostgres.server().startAgain();

            send(MARCH.plus(Duration.ofDays(80)), Instant.parse("2026-06-05T00:00:00Z"));
            await(() ->
                    Instant.parse("2026-05-01T00:00:00Z").equals(status(service).eventsFrom())
                            && count("metrics.event") == 1);
            assertThat(status(service).problem()).isNull();
            assertThat(log).contains("the metrics' upkeep works again");
        }
    }

    @Test
    void of_two_instances_one_drops_each_month_and_both_are_well(CapturedOutput log) {
        begin(TestPostgres.newDatabase());
        try (ConfigurableApplicationContext one = service(MetricsService.class);
                ConfigurableApplicationContext other = service(MetricsService.class)) {
            await(() -> status(one).worked() != null && status(other).worked() != null);
            for (int month = 0; month < 6; month++) {
                Instant at = MARCH.plus(Duration.ofDays(31L * month));
                send(at, at.plusSeconds(1));
            }
            send(APRIL, Instant.parse("2026-10-05T00:00:00Z"));
            Instant last = Instant.parse("2026-09-01T00:00:00Z");
            await(() -> last.equals(status(one).eventsFrom())
                    && last.equals(status(other).eventsFrom())
                    && count("metrics.event") == 0);

            assertThat(status(one).problem()).isNull();
            assertThat(status(other).problem()).isNull();
            assertThat(log).doesNotContain("begins again in a while");
            assertThat(count("metrics.segment_day WHERE events > 0")).isEqualTo(7);
        }
    }
}
