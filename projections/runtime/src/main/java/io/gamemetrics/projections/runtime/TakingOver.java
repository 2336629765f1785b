package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills a new version with what is not rebuilt, before anything is handled. */
final class TakingOver {

    private static final Logger LOG = LoggerFactory.getLogger(TakingOver.class);

    private final Replays replays;
    private final EventStore store;

    TakingOver(Replays replays, EventStore store) {
        this.replays = replays;
        this.store = store;
    }

    /** Does it; what fails for good aborts the replay, what passes is tried again by the next call. An interrupt ends it. */
    void run(Replay replay, VersionedProjection projection) {
        try {
            Set<Integer> games = games(replay.wish().part());
            Map<Integer, Position> positions =
                    projection.takeOver(replay.version(), replay.replaces(), new LeftOut(games, this::gameOf));
            replays.tookOver(replay.id(), games, positions);
            LOG.info(
                    "{}: version {} has taken over what is not rebuilt; {} games are",
                    replay.projection(),
                    replay.version(),
                    games.size());
        } catch (ReplayRefused e) {
            LOG.info("{}: version {} is not wanted any more", replay.projection(), replay.version());
        } catch (SQLException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.info("{}: taking over for version {} is broken off", replay.projection(), replay.version());
                return;
            }
            if (PassingTrouble.is(e)) {
                LOG.warn("{}: taking over for version {} begins again", replay.projection(), replay.version(), e);
                return;
            }
            LOG.error("{}: version {} can't take over", replay.projection(), replay.version(), e);
            abort(replay, e);
        }
    }

    /** A stream's events are all of one game. */
    private OptionalInt gameOf(ParkedEvent parked) {
        List<StoredEvent> found = store.readStream(parked.stream(), parked.sequence(), 1);
        return found.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(found.getFirst().tenant());
    }

    private void abort(Replay replay, Exception cause) {
        try {
            replays.abort(
                    replay.id(),
                    "What is not rebuilt could not be taken from the live version: "
                            + cause.getClass().getSimpleName() + ".");
        } catch (ReplayRefused e) {
            LOG.info("{}: version {} was given up meanwhile", replay.projection(), replay.version());
        }
    }

    /** Those that are rebuilt. */
    private Set<Integer> games(ReplayPart part) {
        if (!part.isByTime()) {
            return part.games();
        }
        Set<Integer> found = storedBetween(part.storedFrom(), part.storedTo());
        if (!part.games().isEmpty()) {
            found.retainAll(part.games());
        }
        return found;
    }

    /** Time never runs backward along positions, so it is one range of them. */
    private Set<Integer> storedBetween(@Nullable Instant from, @Nullable Instant to) {
        Position head = store.position();
        Position at = from == null ? new Position(head.incarnation(), 0) : store.positionBefore(from);
        Position end = to == null ? head : store.positionBefore(to);
        return new TreeSet<>(store.countByTenant(at, end, Set.of()).keySet());
    }
}
