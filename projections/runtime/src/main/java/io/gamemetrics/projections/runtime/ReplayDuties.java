package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.Comparison;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one instance does for a replay that is not over: has what is not rebuilt taken over, notes when it has caught up,
 * holds what it handled against the event store, has old and new compared, switches when that was wanted, gives it up when
 * a limit is reached. Each call does a little. Safe for concurrent use.
 */
public final class ReplayDuties {

    private static final Duration CAUGHT_UP = Duration.ofSeconds(5);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(30);
    private static final double GIB = 1L << 30;
    private static final Logger LOG = LoggerFactory.getLogger(ReplayDuties.class);
    private static final long COUNTING_NANOS = 1_000_000_000L;

    private final ReplayControl control;
    private final EventStore store;
    private final TakingOver takingOver;
    private final ProofCounter counter;
    private final int partitions;
    private final LongSupplier freeBytes;

    /** @param freeBytes how much is free where read models are written, as far as this process can tell */
    public ReplayDuties(
            ReplayControl control,
            EventStore store,
            IntPredicate configuration,
            int partitions,
            LongSupplier freeBytes) {
        this.control = control;
        this.store = store;
        this.takingOver = new TakingOver(control.replays(), store);
        this.counter = new ProofCounter(store, configuration, control.proofs(), partitions);
        this.partitions = partitions;
        this.freeBytes = freeBytes;
    }

    /** @param background for what takes its time */
    void attend(Replay replay, VersionedProjection projection, Background background) {
        switch (replay.phase()) {
            case TAKING_OVER, READING, FOLLOWING, ROLLED_BACK -> {
                String limit = reachedLimit(replay);
                if (limit != null) {
                    control.replays().abort(replay.id(), limit);
                } else {
                    build(replay, projection, background);
                }
            }
            // The limits were for the building.
            case SWITCHED -> compare(replay, projection, background);
            case DONE, CANCELLED, ABORTED -> {
                // Nothing is left to do.
            }
        }
    }

    private void build(Replay replay, VersionedProjection projection, Background background) {
        switch (replay.phase()) {
            case TAKING_OVER -> {
                if (!replay.paused() && hasAll(replay)) {
                    background.beginFor(replay.id(), () -> takingOver.run(replay, projection));
                }
            }
            case READING -> noteCaughtUp(replay, projection);
            default -> {
                boolean isCounted = count(replay);
                compare(replay, projection, background);
                if (isCounted && replay.phase() == Replay.Phase.FOLLOWING) {
                    switchIfIdentical(replay);
                }
            }
        }
    }

    /**
     * Counts ranges for a moment: what else is to be done in a step waits no longer.
     *
     * @return whether none is left
     */
    private boolean count(Replay replay) {
        long end = System.nanoTime() + COUNTING_NANOS;
        boolean isCounted = !counter.countNext(replay.projection(), replay.version());
        while (!isCounted && System.nanoTime() < end) {
            isCounted = !counter.countNext(replay.projection(), replay.version());
        }
        return isCounted;
    }

    /** Whether the live version has begun on every partition: before that nothing can be taken from it. */
    private boolean hasAll(Replay replay) {
        return control.progress()
                .of(replay.projection(), replay.replaces())
                .position(partitions)
                .isPresent();
    }

    private void compare(Replay replay, VersionedProjection projection, Background background) {
        if (!background.isBusy()) {
            control.comparisons()
                    .take(replay.id(), control.instance())
                    .map(wanted -> new Comparing(control, store, projection, replay, wanted, partitions))
                    .ifPresent(comparing -> background.begin(comparing::run));
        }
    }

    /** Asks for a comparison once; what it finds decides. Operators may ask again, and by that try again. */
    private void switchIfIdentical(Replay replay) {
        if (replay.wish().switchWhen() != ReplayWish.SwitchWhen.WHEN_IDENTICAL || replay.paused()) {
            return;
        }
        Optional<Comparison> latest = control.comparisons().latest(replay.id());
        try {
            if (latest.isEmpty() || hasFailedBefore(latest.get())) {
                control.comparisons().want(replay.id(), Replays.PLATFORM);
            } else if (latest.get().foundThemIdentical()) {
                control.replays().switchOver(replay.id(), Replays.PLATFORM);
            }
        } catch (ReplayRefused e) {
            // Behind for the moment, or somebody did something else meanwhile: the next look tells.
            LOG.debug("{}: not switched to version {}", replay.projection(), replay.version(), e);
        }
    }

    /** Tells how much room the active version takes and how much there is, and what a replay of it would count otherwise. */
    void tellRoom(VersionedProjection projection, Version active) {
        try {
            long free = projection.freeBytes().orElseGet(freeBytes);
            control.rooms().tell(projection.name(), new Room(projection.bytes(active.number()), free));
            // Of too many the last are left out, so what is about everything comes first.
            List<Occasion> occasions = new ArrayList<>(newerHandlers(projection, active));
            occasions.addAll(projection.occasions(active.number()));
            control.offers().settle(projection.name(), active.number(), occasions);
        } catch (SQLException e) {
            throw new IllegalStateException("the room of " + active + ", or what is offered, was not told", e);
        }
    }

    /** Not at once again: what could not be read has a reason. */
    private static boolean hasFailedBefore(Comparison latest) {
        Instant ended = latest.endedAt();
        return latest.state() == Comparison.State.FAILED
                && ended != null
                && ended.plus(BEFORE_AGAIN).isBefore(Instant.now());
    }

    private static List<Occasion> newerHandlers(VersionedProjection projection, Version active) {
        int newest = projection.handlers().getLast();
        return newest == active.handlers()
                ? List.of()
                : List.of(new Occasion(
                        Occasion.Reason.HANDLERS,
                        null,
                        null,
                        "Version " + active.number() + " is written by handlers " + active.handlers()
                                + "; this build has handlers " + newest + ", which write what is built next."));
    }

    private void noteCaughtUp(Replay replay, VersionedProjection projection) {
        VersionProgress progress = control.progress().of(replay.projection(), replay.version());
        boolean isNear = progress.lag(partitions)
                .filter(lag -> lag.compareTo(CAUGHT_UP) < 0)
                .isPresent();
        boolean isReady =
                replay.wish().part().isOnlyCompared() || projection.isReady(replay.version(), replay.replaces());
        if (isNear && isBehindTakenOver(progress, replay) && progress.instances() > 0 && isReady) {
            control.replays().caughtUp(replay.id(), progress.head());
        }
    }

    /** From then on nothing is left out any more, once the replay is over: what was taken over would come twice. */
    private boolean isBehindTakenOver(VersionProgress progress, Replay replay) {
        Map<Integer, Position> taken = control.replays().takenOver(replay);
        return progress.partitions().stream()
                .allMatch(at -> at.position().number()
                        >= Optional.ofNullable(taken.get(at.partition()))
                                .map(Position::number)
                                .orElse(0L));
    }

    private @Nullable String reachedLimit(Replay replay) {
        Integer mostLag = replay.wish().abortLagSeconds();
        if (mostLag != null) {
            OptionalLong lag = control.progress().of(replay.projection(), replay.replaces()).lag(partitions).stream()
                    .mapToLong(Duration::toSeconds)
                    .findFirst();
            if (lag.isPresent() && lag.getAsLong() > mostLag) {
                return "The live version fell " + lag.getAsLong() + " s behind; the limit is " + mostLag + " s.";
            }
        }
        Integer leastFree = replay.wish().abortFreeGib();
        long free = freeBytes.getAsLong();
        if (leastFree != null && free < leastFree * GIB) {
            return "Only %.1f GiB of disk are free; the limit is %d GiB.".formatted(free / GIB, leastFree);
        }
        return null;
    }
}
