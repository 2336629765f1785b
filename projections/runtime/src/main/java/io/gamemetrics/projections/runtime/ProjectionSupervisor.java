package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every version of one projection's read model up to date that is to be: the one readers ask, one that is being
 * built beside it, one kept for the way back. What is wanted stands in a database, so several instances want the same;
 * what has to be done once does the instance that has the first partition.
 */
public final class ProjectionSupervisor implements Running, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionSupervisor.class);
    private static final long STEP_MILLIS = 500;

    /** How often progress is told while nobody waits for it. */
    private static final long QUIET_NANOS = 2_000_000_000L;

    /** How often it is told how much room there is, and looked what a replay would count otherwise. */
    private static final long ROOM_NANOS = 10_000_000_000L;

    private static final Duration END = Duration.ofSeconds(30);

    private final VersionedProjection projection;
    private final VersionStarter starter;
    private final ReplayControl control;
    private final EventStore store;
    private final ReplayDuties duties;
    private final QuarantineDuties quarantine;
    private final ErasureDuties erasures;
    private final int partitions;
    private final Clock clock;
    private final Map<Integer, RunningVersion> running = new ConcurrentSkipListMap<>();
    private final TailMarks tail;
    private final Rate growth = new Rate();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final Background background;
    private boolean registered;
    private long roomAtNanos = System.nanoTime() - ROOM_NANOS;
    private long toldAtNanos = System.nanoTime() - QUIET_NANOS;
    private volatile int active = 1;
    private volatile @Nullable Version unknown;
    private volatile @Nullable String problem = "The versions of the read model are not read yet.";

    /**
     * @param runners makes a runner of a version; this starts and closes it
     * @param always whether events of a type are handled also where only some types are rebuilt: those that say which games
     *     there are, and who is who
     */
    public ProjectionSupervisor(
            VersionedProjection projection,
            BiFunction<Projection, ModelVersion, ProjectionRunner> runners,
            ReplayControl control,
            EventStore store,
            ReplayDuties duties,
            int partitions,
            IntPredicate always,
            Clock clock) {
        this.projection = projection;
        this.starter = new VersionStarter(projection, runners, control, always);
        this.control = control;
        this.store = store;
        this.duties = duties;
        this.quarantine = new QuarantineDuties(projection.name(), control);
        this.partitions = projection.reads() == Projection.Reads.CONFIGURATION ? 1 : partitions;
        this.erasures = new ErasureDuties(projection, control, this.partitions);
        this.clock = clock;
        this.tail = new TailMarks(control.proofs());
        this.background = new Background("replay-" + projection.name());
        this.thread = Thread.ofPlatform()
                .name("supervisor-" + projection.name())
                .daemon(true)
                .unstarted(this::run);
    }

    /** Begins: when this returns, the stores of all versions are there, if they can be. The rest is done on other threads. */
    public void start() {
        attempt();
        thread.start();
    }

    /** How the version readers ask is doing in this process. */
    @Override
    public ProjectionStatus status() {
        RunningVersion here = running.get(active);
        Version old = unknown;
        if (old != null) {
            return new ProjectionStatus(
                    projection.name(),
                    List.of(),
                    "Version " + old.number() + " of " + projection.name() + " was written by handlers "
                            + old.handlers()
                            + ", which this build no longer carries: run the build before it, replay, and switch first.");
        }
        return here == null ? new ProjectionStatus(projection.name(), List.of(), problem) : here.status();
    }

    /** The versions this process works on now. */
    Set<Integer> running() {
        return Set.copyOf(running.keySet());
    }

    /** Finishes the flushes at hand and stops. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(END)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            background.close();
            erasures.close();
            running.values().forEach(RunningVersion::close);
        }
    }

    private void attempt() {
        try {
            step();
            problem = null;
        } catch (RuntimeException | Error e) {
            // What runs goes on as it is. Also after an Error: this thread is all the versions have.
            LOG.warn("{}: what is wanted of its versions can't be read or done; again soon", projection.name(), e);
            problem = "Projection " + projection.name() + " can't read which versions are wanted ("
                    + e.getClass().getSimpleName() + ") and tries again.";
        }
    }

    private void step() {
        if (!registered) {
            control.versions()
                    .register(new KnownProjection(
                            projection.name(),
                            partitions,
                            projection.isRebuildable(),
                            projection.handlers().getLast()));
            registered = true;
        }
        List<Version> versions = control.versions().of(projection.name());
        Replay replay = control.replays().open(projection.name()).orElse(null);
        background.keepOnly(replay == null ? null : replay.id());
        // Before the version is ended that was the way back.
        running.forEach((number, version) -> {
            if (VersionStarter.building(number, replay) == null) {
                version.becomeWhole();
            }
        });
        versions.forEach(version -> bring(version, isWanted(version, replay), replay));
        running.keySet().stream()
                .filter(number -> versions.stream().noneMatch(version -> version.number() == number))
                .toList()
                .forEach(this::end);
        boolean isAsked = erasures.attend(running, active);
        if (replay != null || isAsked || System.nanoTime() - toldAtNanos >= QUIET_NANOS) {
            tell();
        }
        quarantine.attend(running);
        if (replay != null) {
            limit(replay);
            hold(replay);
            tail.tell(replay, running.get(replay.version()));
        } else {
            running.values().forEach(version -> version.hold(null));
        }
        RunningVersion leading = running.get(active);
        if (leading != null && leading.has(0)) {
            if (replay != null) {
                duties.attend(replay, projection, background);
            }
            if (!background.isBusy()) {
                // What is written or compared aside may be of a version that is to go.
                versions.stream().filter(this::isToGo).forEach(this::drop);
            }
            if (System.nanoTime() - roomAtNanos >= ROOM_NANOS && projection.isRebuildable()) {
                roomAtNanos = System.nanoTime();
                versions.stream()
                        .filter(version -> version.number() == active)
                        .forEach(version -> duties.tellRoom(projection, version));
            }
        }
    }

    private boolean isWanted(Version version, @Nullable Replay replay) {
        boolean rests = replay != null
                && (replay.paused() || replay.phase() == Replay.Phase.TAKING_OVER)
                && replay.version() == version.number()
                && version.state() == Version.State.BUILDING;
        return version.state().isKept() && !rests && projection.handlers().contains(version.handlers());
    }

    private void bring(Version version, boolean isWanted, @Nullable Replay replay) {
        if (version.state() == Version.State.ACTIVE) {
            active = version.number();
            unknown = projection.handlers().contains(version.handlers()) ? null : version;
        }
        if (!isWanted) {
            end(version.number());
        } else if (!running.containsKey(version.number())) {
            begin(version, replay);
        }
    }

    private void begin(Version version, @Nullable Replay replay) {
        // Of a limit a small share, until it is known how many partitions are here.
        double eventsPerSecond = rate(VersionStarter.building(version.number(), replay)) / partitions;
        running.put(version.number(), starter.start(version, replay, eventsPerSecond));
        LOG.info("{}: version {} is kept up to date", projection.name(), version.number());
    }

    private void end(int number) {
        RunningVersion here = running.remove(number);
        if (here != null) {
            here.close();
            LOG.info("{}: version {} is left as it is", projection.name(), number);
        }
    }

    private void limit(Replay replay) {
        RunningVersion building = running.get(replay.version());
        if (building != null) {
            building.limit(rate(replay), partitions);
        }
    }

    /** While the two are compared, the one nobody reads waits. */
    private void hold(Replay replay) {
        Hold hold = control.comparisons().held(replay.id()).orElse(null);
        running.forEach((number, version) -> version.hold(number == active ? null : hold));
    }

    private static double rate(@Nullable Replay building) {
        Integer rate = building == null ? null : building.wish().eventsPerSecond();
        return rate == null ? Double.POSITIVE_INFINITY : rate;
    }

    private void tell() {
        Position head = store.position();
        long now = System.nanoTime();
        toldAtNanos = now;
        double headPerSecond = growth.look(head.number(), now);
        running.forEach((number, version) -> control.progress()
                .tell(projection.name(), number, version.progress(control.instance(), head, headPerSecond, now)));
    }

    private boolean isToGo(Version version) {
        return version.state() == Version.State.DROPPING
                && version.changedAt().plus(Versions.GRACE).isBefore(clock.instant());
    }

    private void drop(Version version) {
        try {
            projection.drop(version.number());
        } catch (SQLException e) {
            throw new IllegalStateException("version " + version.number() + " was not taken away", e);
        }
        control.versions().dropped(version);
        LOG.info("{}: version {} is gone", projection.name(), version.number());
    }
}
