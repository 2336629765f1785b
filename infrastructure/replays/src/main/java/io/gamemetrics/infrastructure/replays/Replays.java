package io.gamemetrics.infrastructure.replays;

import static io.gamemetrics.infrastructure.replays.Replay.Phase.CANCELLED;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.DONE;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.FOLLOWING;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.READING;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.ROLLED_BACK;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.SWITCHED;
import static io.gamemetrics.infrastructure.replays.Replay.Phase.TAKING_OVER;

import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators want of replays. Each call is one transaction: the replay, the versions readers and writers go by, and
 * the record of who did it move together. Safe for concurrent use, also by several processes. Every method throws {@link
 * ReplaysException} when the database can't be asked.
 */
public final class Replays {

    /** The actor of what nobody did by hand. */
    public static final String PLATFORM = "platform";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Set<Phase> BUILDING = EnumSet.of(TAKING_OVER, READING, FOLLOWING, ROLLED_BACK);

    private static final Duration BEFORE_ANOTHER_LOOK = Duration.ofMillis(250);

    private final Sql sql;
    private final ReplayRows rows = new ReplayRows();

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Replays(DataSource database) {
        this.sql = new Sql(database);
    }

    /**
     * Begins to build a new version beside the active one.
     *
     * @throws ReplayRefused UNKNOWN or SIDE_EFFECTS for what can't be rebuilt, RUNNING when another of this projection is
     *     not over
     */
    public Replay start(String projection, ReplayWish wish, String actor) {
        return sql.change("replay of " + projection, connection -> {
            boolean isRebuildable = rows.isRebuildable(connection, projection)
                    .orElseThrow(() -> new ReplayRefused(Reason.UNKNOWN, "No such projection ever ran."));
            if (!isRebuildable) {
                throw new ReplayRefused(
                        Reason.SIDE_EFFECTS,
                        "What " + projection + " does with an event shows outside: it can't be done again.");
            }
            try {
                Replay replay = rows.insert(connection, projection, wish);
                rows.record(connection, replay.id(), actor, "start", wish.inWords());
                return replay;
            } catch (SQLException e) {
                if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw new ReplayRefused(
                            Reason.RUNNING, "A replay of " + projection + " is not over: drop or cancel it first.");
                }
                throw e;
            }
        });
    }

    /** The replay by this id. */
    public Optional<Replay> find(UUID id) {
        return sql.read("replay " + id, connection -> Optional.ofNullable(rows.read(connection, id, false)));
    }

    /** The replay of a projection that is not over. */
    public Optional<Replay> open(String projection) {
        return sql.read("replay of " + projection, connection -> rows.open(connection, projection));
    }

    /** The latest replays, newest first. */
    public List<Replay> latest(int most) {
        return sql.read("replays", connection -> rows.latest(connection, most));
    }

    /** Who did what to it, in order. */
    public List<ReplayAction> actions(UUID id) {
        return sql.read("actions of replay " + id, connection -> rows.actions(connection, id));
    }

    /** Stops handling events until {@link #resume}. Twice is once. */
    public Replay pause(UUID id, String actor) {
        return act(
                id, actor, "pause", "", EnumSet.of(TAKING_OVER, READING, FOLLOWING), replay -> replay.withPaused(true));
    }

    public Replay resume(UUID id, String actor) {
        return act(
                id,
                actor,
                "resume",
                "",
                EnumSet.of(TAKING_OVER, READING, FOLLOWING),
                replay -> replay.withPaused(false));
    }

    /** @param eventsPerSecond absent: as fast as it goes */
    public Replay throttle(UUID id, @Nullable Integer eventsPerSecond, String actor) {
        return act(
                id,
                actor,
                "throttle",
                eventsPerSecond == null ? "unbounded" : eventsPerSecond.toString(),
                EnumSet.of(TAKING_OVER, READING, FOLLOWING),
                replay -> replay.throttled(eventsPerSecond));
    }

    /**
     * Notes that the new version is up to date. Twice is once.
     *
     * @param events how many there were to handle
     */
    public Replay caughtUp(UUID id, long events) {
        return sql.change("caught-up of replay " + id, connection -> {
            Replay replay = act(
                    connection,
                    id,
                    PLATFORM,
                    "caught-up",
                    events + " events",
                    EnumSet.of(READING),
                    was -> was.in(FOLLOWING));
            rows.built(connection, id, events);
            return replay;
        });
    }

    /** Events a second of the projection's latest replay that caught up, from its beginning to then; absent before one. */
    public OptionalDouble lastRate(String projection) {
        return sql.read("rate of " + projection, connection -> rows.lastRate(connection, projection));
    }

    /**
     * Readers ask the new version from now on.
     *
     * @throws ReplayRefused PHASE unless it has caught up, PART when it never can be, PAUSED, UNPROVED unless it handled
     *     what the event store holds, BEHIND when readers would see older numbers than now
     */
    public Replay switchOver(UUID id, String actor) {
        return sql.change("switch of replay " + id, connection -> {
            Replay before = rows.read(connection, id, true);
            Replay changed = act(
                    connection,
                    id,
                    actor,
                    "switch",
                    "",
                    EnumSet.of(FOLLOWING, ROLLED_BACK),
                    replay -> replay.in(SWITCHED));
            if (before != null) {
                check(connection, before).require(before);
            }
            return changed;
        });
    }

    /**
     * As {@link #switchOver}, but waits for the new version to be where readers are: one that was held for a comparison, or
     * tells of it a moment later, is there soon.
     *
     * @param patience for so long at most, then it is refused as BEHIND
     */
    public Replay switchOver(UUID id, String actor, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return switchOver(id, actor);
            } catch (ReplayRefused e) {
                boolean isOver = System.nanoTime() - begun > patience.toNanos();
                if (e.reason() != Reason.BEHIND
                        || isOver
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BEFORE_ANOTHER_LOOK.toNanos());
        }
    }

    private SwitchCheck check(Connection connection, Replay replay) throws SQLException {
        String projection = replay.projection();
        int partitions = rows.partitions(connection, projection);
        int last = replay.replaces();
        return new SwitchCheck(
                Proofs.tally(connection, projection, replay.version(), partitions),
                Progress.read(connection, projection, replay.version()),
                Progress.read(connection, projection, last),
                partitions);
    }

    /**
     * Notes that the games which are not rebuilt were taken from the live version.
     *
     * @param games those that are rebuilt
     * @param positions up to where the events of the others are in what was taken, by partition
     */
    public Replay tookOver(UUID id, Set<Integer> games, Map<Integer, Position> positions) {
        return sql.change("taking over of replay " + id, connection -> {
            Replay replay = act(
                    connection,
                    id,
                    PLATFORM,
                    "taken-over",
                    games.size() + " games are rebuilt",
                    EnumSet.of(TAKING_OVER),
                    was -> was.in(READING));
            rows.rebuilds(connection, id, games);
            TakenOver.write(connection, replay, positions);
            return replay;
        });
    }

    /** Up to where events of games that are not rebuilt were taken over, by partition; empty before that. */
    public Map<Integer, Position> takenOver(Replay replay) {
        return sql.read("what replay " + replay.id() + " took over", connection -> TakenOver.read(connection, replay));
    }

    /** Readers ask the old version again, which was kept up to date. */
    public Replay rollBack(UUID id, String actor) {
        return act(id, actor, "rollback", "", EnumSet.of(SWITCHED), replay -> replay.in(ROLLED_BACK));
    }

    /** Gives the new version up. */
    public Replay cancel(UUID id, String actor) {
        return act(id, actor, "cancel", "", BUILDING, replay -> replay.in(CANCELLED));
    }

    /** Gives the new version up, and says why. */
    public Replay abort(UUID id, String problem) {
        return act(id, PLATFORM, "abort", problem, BUILDING, replay -> replay.aborted(problem));
    }

    /** Gives the old version up. From then on there is no way back. */
    public Replay drop(UUID id, String actor) {
        return act(id, actor, "drop", "", EnumSet.of(SWITCHED), replay -> replay.in(DONE));
    }

    private Replay act(
            UUID id, String actor, String action, String detail, Set<Phase> allowed, UnaryOperator<Replay> change) {
        return sql.change(
                action + " of replay " + id, connection -> act(connection, id, actor, action, detail, allowed, change));
    }

    private Replay act(
            Connection connection,
            UUID id,
            String actor,
            String action,
            String detail,
            Set<Phase> allowed,
            UnaryOperator<Replay> change)
            throws SQLException {
        Replay replay = rows.read(connection, id, true);
        if (replay == null) {
            throw new ReplayRefused(Reason.UNKNOWN, "There is no replay " + id + ".");
        }
        if (!allowed.contains(replay.phase())) {
            throw new ReplayRefused(
                    Reason.PHASE, "A replay that is " + replay.phase() + " can't do this: " + action + ".");
        }
        Replay changed = change.apply(replay);
        rows.update(connection, changed);
        rows.record(connection, id, actor, action, detail);
        return changed;
    }
}
