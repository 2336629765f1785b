package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.ProcessorTime;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * How fast a real year of a game is written, all partitions at once and each in batches, as after an import. Baseline:
 * the same event rows copied into the same table and nothing else, by as many writers in commits as large. Beside it the
 * same as a version that is built: by two ways, without waiting for the disk, with the index of questions made at the end.
 */
@Tag("bench")
class FlushBench {

    private static final int PARTITIONS = 6;
    private static final int BATCH = Integer.getInteger("batch", 10_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    @Test
    void a_real_games_year_is_written() throws Exception {
        List<List<IntendoYear.Line>> partitions = IntendoYear.read(PARTITIONS);
        long events = partitions.stream().mapToLong(List::size).sum();
        Rounds flush = new Rounds(events);
        Rounds built = new Rounds(events);
        Rounds copy = new Rounds(events);
        // The first round warms up and is not counted.
        for (int round = -1; round < ROUNDS; round++) {
            flush.measure(round, new Metrics(1), partitions);
            built.measure(round, new Metrics(2), partitions);
            copy.measure(round, new BareCopy(), partitions);
        }
        String settings = "{\"events\":%d,\"partitions\":%d,\"batch\":%d}".formatted(events, PARTITIONS, BATCH);
        System.out.print(BenchReport.write(
                "flush",
                "events/s",
                settings,
                flush.perSecond,
                Map.of("copyOfEventRows", copy.perSecond, "asAVersionThatIsBuilt", built.perSecond)));
        System.out.print(BenchReport.write(
                "flush-processor",
                "ns of processor time an event, servers included",
                settings,
                flush.processorNanos,
                Map.of("copyOfEventRows", copy.processorNanos, "asAVersionThatIsBuilt", built.processorNanos)));
    }

    /** Processor time too: on a busy machine it says more than the clock. */
    private static final class Rounds {
        private final long events;
        private final long[] perSecond = new long[ROUNDS];
        private final long[] processorNanos = new long[ROUNDS];

        Rounds(long events) {
            this.events = events;
        }

        void measure(int round, Side side, List<List<IntendoYear.Line>> partitions) {
            try (side) {
                int place = Math.max(0, round);
                long processor = processorNanos();
                perSecond[place] = events * 1_000 / millis(side, partitions);
                processorNanos[place] = (processorNanos() - processor) / events;
                side.check();
            }
        }

        private static long processorNanos() {
            return ProcessorTime.nanos(
                    List.of(ProcessHandle.current().pid(), TestPostgres.server().pid()));
        }
    }

    private interface Writing {
        void batch(int partition, int number, List<IntendoYear.Line> lines);
    }

    private static long millis(Side side, List<List<IntendoYear.Line>> partitions) {
        try (ExecutorService threads = Executors.newFixedThreadPool(PARTITIONS)) {
            long begun = System.nanoTime();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int number = partition;
                all.add(CompletableFuture.runAsync(() -> write(side, number, partitions.get(number)), threads));
            }
            all.forEach(CompletableFuture::join);
            side.end();
            return (System.nanoTime() - begun) / 1_000_000;
        }
    }

    private static void write(Writing side, int partition, List<IntendoYear.Line> lines) {
        for (int from = 0; from < lines.size(); from += BATCH) {
            side.batch(partition, from / BATCH + 2, lines.subList(from, Math.min(lines.size(), from + BATCH)));
        }
    }

    private abstract static class Side implements Writing, AutoCloseable {
        final HikariDataSource database = new HikariDataSource();
        final MetricsWriter writer;

        Side(int version) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            MetricsSchema.migrate(database, version);
            writer = new MetricsWriter(database, version, "metrics");
        }

        /** What belongs to the writing, when all batches are written. */
        void end() {}

        abstract void check();

        @Override
        public void close() {
            database.close();
        }
    }

    private static final class Metrics extends Side {
        private static final GameId GAME = new GameId("intendo");

        private final int version;

        /** @param version 1: one that is followed; 2: one that is built */
        Metrics(int version) {
            super(version);
            this.version = version;
            MetricsBatch batch = writer.begin();
            batch.game(1, GAME.value(), ZoneOffset.UTC, "USD", false, new Position(1, 1));
            writer.commit(batch, PARTITIONS, null, checkpoint(1), List.of());
        }

        private Checkpoint checkpoint(int number) {
            return new Checkpoint(new Position(1, number), Instant.EPOCH, version == 1 ? number : -1, number, number);
        }

        @Override
        void end() {
            Checkpoint followed = new Checkpoint(new Position(1, 2), Instant.EPOCH, 2, 2, 2);
            writer.commit(writer.begin(), PARTITIONS, checkpoint(1), followed, List.of());
        }

        @Override
        public void batch(int partition, int number, List<IntendoYear.Line> lines) {
            MetricsBatch batch = writer.begin();
            lines.forEach(line -> line.add(batch));
            Checkpoint expected = number == 2 ? null : checkpoint(number - 1);
            assertThat(writer.commit(batch, partition, expected, checkpoint(number), List.of()))
                    .isTrue();
        }

        @Override
        void check() {
            Summary year = MetricsReader.on(database, () -> version, PARTITIONS)
                    .summary(GAME, LocalDate.of(2015, 1, 1), LocalDate.of(2015, 12, 31), Filter.ALL);
            assertThat(year.revenue().totalMicros()).isEqualTo(new BigInteger("1023547041000"));
            assertThat(year.dauSum()).isEqualTo(44_482);
        }
    }

    private static final class BareCopy extends Side {

        BareCopy() {
            super(1);
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE public.bare (LIKE metrics.event INCLUDING ALL)");
            } catch (SQLException e) {
                throw new MetricsStoreException("no table for the baseline", e);
            }
        }

        @Override
        public void batch(int partition, int number, List<IntendoYear.Line> lines) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> line.copy(text));
            try (Connection connection = database.getConnection()) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY public.bare FROM STDIN", new java.io.StringReader(text.toString()));
            } catch (SQLException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        void check() {}
    }
}
