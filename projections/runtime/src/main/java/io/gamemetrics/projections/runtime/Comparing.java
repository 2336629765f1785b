package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.replays.Comparison;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one comparison of a replay's two versions, from the order to what was found. Used by one thread. */
final class Comparing {

    private static final Logger LOG = LoggerFactory.getLogger(Comparing.class);
    private static final long TELL_NANOS = 1_000_000_000L;

    private final Comparisons comparisons;
    private final EventStore store;
    private final VersionedProjection projection;
    private final Replay replay;
    private final Comparison comparison;
    private final String instance;
    private final int partitions;
    private long toldAtNanos = System.nanoTime();

    Comparing(
            ReplayControl control,
            EventStore store,
            VersionedProjection projection,
            Replay replay,
            Comparison comparison,
            int partitions) {
        this.comparisons = control.comparisons();
        this.store = store;
        this.projection = projection;
        this.replay = replay;
        this.comparison = comparison;
        this.instance = control.instance();
        this.partitions = partitions;
    }

    /** Does it. Why it failed is told where it was asked for; what passes is left for the next one who begins it anew. */
    void run() {
        try {
            compare();
        } catch (ComparisonStoppedException e) {
            comparisons.failed(comparison.id(), instance, e.why());
        } catch (CancellationException | InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ReplaysException e) {
            LOG.warn("{}: comparison {} begins again", projection.name(), comparison.id(), e);
        } catch (RuntimeException e) {
            LOG.warn("{}: comparison {} failed", projection.name(), comparison.id(), e);
            comparisons.failed(
                    comparison.id(),
                    instance,
                    "The two versions could not be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private void compare() throws InterruptedException {
        Set<Integer> types = replay.wish().part().types();
        try (SameMoment both = new SameMoment(
                comparisons,
                comparison.id(),
                instance,
                replay,
                version -> projection.contents(version, types),
                this::tell)) {
            both.reach(partitions);
            EntriesDiff entries = new EntriesDiff(both.old(), both.built(), store, () -> awaitPast(both));
            ContentsDiff diff = new ContentsDiff(both.old(), both.built(), entries, this::tell);
            long count = diff.find();
            comparisons.tell(comparison.id(), instance, diff.cells(), entries.seen());
            comparisons.done(comparison.id(), instance, count, diff.first());
            LOG.info(
                    "{}: versions {} and {} differ in {} of {} cells",
                    projection.name(),
                    replay.replaces(),
                    replay.version(),
                    count,
                    diff.cells());
        }
    }

    private void awaitPast(SameMoment both) throws InterruptedException {
        Position head = store.position();
        Deadline deadline = new Deadline("The two versions are too far behind to be compared.");
        while (!isPast(both.old(), head) || !isPast(both.built(), head)) {
            tell(0, 0);
            deadline.pause();
        }
    }

    private boolean isPast(Contents contents, Position head) {
        Map<Integer, Position> positions = contents.positions();
        return positions.size() == partitions
                && positions.values().stream().allMatch(position -> position.covers(head));
    }

    /** Now and then, for others to know that this goes on. */
    private void tell(long cells, long entries) {
        if (System.nanoTime() - toldAtNanos >= TELL_NANOS) {
            toldAtNanos = System.nanoTime();
            if (!comparisons.tell(comparison.id(), instance, cells, entries)) {
                throw new CancellationException("the comparison is another instance's now, or over");
            }
        }
    }
}
