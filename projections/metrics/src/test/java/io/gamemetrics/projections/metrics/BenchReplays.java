package io.gamemetrics.projections.metrics;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.runtime.ReplayControl;
import io.gamemetrics.projections.runtime.ReplayDuties;
import io.gamemetrics.projections.runtime.RunnerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metrics projection of one process, which is rebuilt again and again. */
final class BenchReplays implements AutoCloseable {

    private static final String ACTOR = "bench";
    private static final long LOOK_MILLIS = 100;

    private final HikariDataSource database = new HikariDataSource();
    private final ReplayControl control;
    private final ProjectionSupervisor supervisor;

    BenchReplays(BenchSources sources) {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(24);
        ReplaysSchema.migrate(database);
        control = ReplayControl.on(database, ACTOR);
        supervisor = new ProjectionSupervisor(
                new MetricsVersions(database, new UpkeepSettings(null, null, Duration.ofSeconds(10))),
                (projection, version) -> new ProjectionRunner(
                        projection,
                        sources.stream,
                        sources.store,
                        sources.codec(),
                        EventCatalog.current()::isConfiguration,
                        RunnerSettings.defaults(),
                        version),
                control,
                sources.store,
                new ReplayDuties(
                        control,
                        sources.store,
                        EventCatalog.current()::isConfiguration,
                        BenchSources.PARTITIONS,
                        () -> Long.MAX_VALUE),
                BenchSources.PARTITIONS,
                EventCatalog.current()::isConfiguration,
                // A version that was given up goes at once: the grace of 30 s is for people's requests.
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));
    }

    /** Builds the version everything begins with, and waits until it has caught up. */
    void start(long head) throws InterruptedException {
        supervisor.start();
        VersionProgress progress = control.progress().of(MetricsProjection.NAME, 1);
        while (progress.position(BenchSources.PARTITIONS).isEmpty()
                || progress.position(BenchSources.PARTITIONS).get().number() < head) {
            Thread.sleep(LOOK_MILLIS);
            progress = control.progress().of(MetricsProjection.NAME, 1);
        }
    }

    /** What somebody saw who watched. */
    record Seen(long atNanos, long position, long head, double eventsPerSecond, long etaSeconds) {}

    /**
     * A replay that caught up.
     *
     * @param nanos from the order to FOLLOWING
     * @param provedNanos from the order until all of it was held against the event store
     */
    record Ran(long begunNanos, long nanos, long provedNanos, long mismatches, List<Seen> seen) {}

    /** Builds a version beside, and gives it up again. */
    Ran run(@Nullable Integer eventsPerSecond) throws InterruptedException {
        long begun = System.nanoTime();
        Replay replay = control.replays()
                .start(
                        MetricsProjection.NAME,
                        new ReplayWish(eventsPerSecond, ReplayWish.SwitchWhen.MANUAL, null, null, ReplayPart.whole()),
                        ACTOR);
        List<Seen> seen = new ArrayList<>();
        while (phase(replay) != Replay.Phase.FOLLOWING) {
            Thread.sleep(LOOK_MILLIS);
            look(replay.version(), seen);
        }
        long following = System.nanoTime() - begun;
        var proof = control.proofs().tally(MetricsProjection.NAME, replay.version(), BenchSources.PARTITIONS);
        while (proof.ranges() > proof.proved() + proof.mismatches()) {
            Thread.sleep(LOOK_MILLIS);
            proof = control.proofs().tally(MetricsProjection.NAME, replay.version(), BenchSources.PARTITIONS);
        }
        long proved = System.nanoTime() - begun;
        control.replays().cancel(replay.id(), ACTOR);
        while (control.versions().of(MetricsProjection.NAME).size() > 1) {
            Thread.sleep(LOOK_MILLIS);
        }
        return new Ran(begun, following, proved, proof.mismatches(), seen);
    }

    private Replay.Phase phase(Replay replay) {
        return control.replays().find(replay.id()).orElseThrow().phase();
    }

    private void look(int version, List<Seen> seen) {
        VersionProgress progress = control.progress().of(MetricsProjection.NAME, version);
        progress.position(BenchSources.PARTITIONS)
                .ifPresent(position -> seen.add(new Seen(
                        System.nanoTime(),
                        position.number(),
                        progress.head(),
                        progress.eventsPerSecond(),
                        progress.etaSeconds(BenchSources.PARTITIONS).orElse(-1))));
    }

    @Override
    public void close() {
        supervisor.close();
        database.close();
    }
}
