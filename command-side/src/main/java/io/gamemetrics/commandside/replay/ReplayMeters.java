package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.replays.Standing;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.replays.Standings.OfProjection;
import io.gamemetrics.infrastructure.replays.Standings.OfReplay;
import io.gamemetrics.sharedkernel.ids.Position;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How projections and replays are doing, for monitoring. Told from the rows their processes write, by a process that is
 * none of them: one that died goes on being told of, with a lag that grows. What can't be read is not told as it was: then
 * the lines are gone and {@code gamemetrics.projections.readable} is 0. Names, units and what to be woken up for:
 * docs/operating/monitoring.md.
 */
public final class ReplayMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayMeters.class);
    private static final long LOOK_SECONDS = 2;

    /** More than projections there are; those not over are among the latest. */
    private static final int LATEST = 50;

    private final Standings standings;
    private final MeterRegistry registry;
    private final Map<String, MultiGauge> gauges = new TreeMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean readable;

    public ReplayMeters(Standings standings, MeterRegistry registry) {
        this.standings = standings;
        this.registry = registry;
        Gauge.builder("gamemetrics.projections.readable", this, meters -> meters.readable ? 1 : 0)
                .description("1 when what projections told could be read")
                .register(registry);
        this.thread = Thread.ofPlatform().name("replay-meters").daemon(true).unstarted(this::run);
    }

    /** Begins to look, on a thread of its own. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(LOOK_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Lines lines = new Lines();
        try {
            standings.projections().forEach(lines::add);
            standings.latest(LATEST).stream()
                    .filter(of -> !of.replay().phase().isEnd())
                    .forEach(lines::add);
            readable = true;
        } catch (ReplaysException e) {
            LOG.debug("what projections told can't be read; again soon", e);
            readable = false;
            lines.rows.clear();
        } catch (RuntimeException | Error e) {
            LOG.warn("what projections told was not made into meters; again soon", e);
            readable = false;
            lines.rows.clear();
        }
        lines.rows
                .keySet()
                .forEach(name -> gauges.computeIfAbsent(
                        name, key -> MultiGauge.builder(key).register(registry)));
        gauges.forEach((name, gauge) -> gauge.register(lines.rows.getOrDefault(name, List.of()), true));
    }

    /** Rows by the meter's name. */
    private static final class Lines {

        private final Map<String, List<Row<?>>> rows = new TreeMap<>();

        void add(OfProjection projection) {
            projection.versions().forEach(of -> {
                Standing at = of.standing();
                Tags tags = Tags.of(
                        "projection",
                        projection.projection().name(),
                        "version",
                        Integer.toString(of.version().number()),
                        "state",
                        of.version().state().name());
                add("gamemetrics.projection.lag.seconds", tags, number(at.lagSeconds()));
                add("gamemetrics.projection.position", tags, number(at.position()));
                add("gamemetrics.projection.head", tags, number(at.head()));
                add("gamemetrics.projection.events.per.second", tags, (double) at.eventsPerSecond());
                add("gamemetrics.projection.instances", tags, (double) at.instances());
                add("gamemetrics.projection.quarantined.streams", tags, at.quarantined());
                add(
                        "gamemetrics.projection.troubled.partitions",
                        tags,
                        at.problems().size());
            });
        }

        void add(OfReplay of) {
            Replay replay = of.replay();
            Standing at = of.standing();
            Tags tags = Tags.of("projection", replay.projection(), "version", Integer.toString(replay.version()));
            Long eta = at.etaSeconds();
            add("gamemetrics.replay.done.ratio", tags, at.percent() / 100);
            add("gamemetrics.replay.eta.seconds", tags, at.neverCatchesUp() ? Double.POSITIVE_INFINITY : number(eta));
            add("gamemetrics.replay.paused", tags, replay.paused() ? 1 : 0);
            add("gamemetrics.replay.mismatched.ranges", tags, (double)
                    of.proof().mismatches());
            Arrays.stream(Replay.Phase.values())
                    .filter(phase -> !phase.isEnd())
                    .forEach(phase -> add(
                            "gamemetrics.replay.phase",
                            tags.and("phase", phase.name()),
                            phase == replay.phase() ? 1 : 0));
        }

        private void add(String name, Tags tags, double value) {
            rows.computeIfAbsent(name, key -> new ArrayList<>()).add(Row.of(tags, value));
        }

        /** What nobody knows is no number. */
        private static double number(@Nullable Long value) {
            return value == null ? Double.NaN : value.doubleValue();
        }

        private static double number(@Nullable Position position) {
            return position == null ? Double.NaN : (double) position.number();
        }
    }
}
