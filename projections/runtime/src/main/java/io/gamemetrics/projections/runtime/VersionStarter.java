package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.Version;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Begins to keep a version up to date, as it was ordered. */
final class VersionStarter {

    private final VersionedProjection projection;
    private final BiFunction<Projection, ModelVersion, ProjectionRunner> runners;
    private final ReplayControl control;
    private final IntPredicate always;

    VersionStarter(
            VersionedProjection projection,
            BiFunction<Projection, ModelVersion, ProjectionRunner> runners,
            ReplayControl control,
            IntPredicate always) {
        this.projection = projection;
        this.runners = runners;
        this.control = control;
        this.always = always;
    }

    /**
     * Opens its store and starts its runner.
     *
     * @param replay the one that is not over, also where it builds another version; absent: none
     * @param eventsPerSecond to begin with
     */
    RunningVersion start(Version version, @Nullable Replay replay, double eventsPerSecond) {
        int number = version.number();
        Throttle throttle = new Throttle();
        throttle.set(eventsPerSecond);
        Ceiling ceiling = new Ceiling();
        Replay building = building(number, replay);
        Selection selection = building == null ? new Selection.Everything() : selection(building);
        VersionedProjection.Open open = projection.open(number, version.handlers(), selection::takesAnew);
        ProjectionRunner runner = runners.apply(
                open.projection(),
                new ModelVersion(
                        number,
                        throttle,
                        (partition, at) -> control.proofs().reached(projection.name(), number, partition, at),
                        selection,
                        ceiling));
        runner.start();
        return new RunningVersion(open, runner, throttle, selection, ceiling);
    }

    /**
     * The replay that builds a version and is not over. Absent for a version that is whole: it handles everything, as fast as
     * it can.
     *
     * @param replay the one that is not over, also where it builds another version; absent: none
     */
    static @Nullable Replay building(int number, @Nullable Replay replay) {
        return replay != null && replay.version() == number ? replay : null;
    }

    private Selection selection(Replay replay) {
        ReplayPart part = replay.wish().part();
        if (part.isOnlyCompared()) {
            return new Selection.Types(part.types(), always);
        }
        return part.takesOver()
                ? new Selection.UntilOver(
                        new Selection.Games(part.games(), control.replays().takenOver(replay)))
                : new Selection.Everything();
    }
}
