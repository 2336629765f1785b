package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds two contents against each other, cell by cell, and within cells that are not the same, or of which only the entries
 * tell, entry by entry. Used by one thread.
 */
final class ContentsDiff {

    private final Contents old;
    private final Contents built;
    private final EntriesDiff entries;
    private final Heard heard;
    private final List<Difference> found = new ArrayList<>();
    private long cells;
    private long count;

    /** Told how far it is, now and then. */
    @FunctionalInterface
    interface Heard {
        /** @throws CancellationException when nobody wants it any more */
        void at(long cells, long entries);
    }

    /** @param entries made for the same two */
    ContentsDiff(Contents old, Contents built, EntriesDiff entries, Heard heard) {
        this.old = old;
        this.built = built;
        this.entries = entries;
        this.heard = heard;
    }

    /** All differences, of which the first are kept. */
    long find() throws InterruptedException {
        Stream.of(old, built)
                .map(Contents::keptFrom)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .ifPresent(keptFrom -> {
                    old.leaveOutBefore(keptFrom);
                    built.leaveOutBefore(keptFrom);
                });
        List<Pair> open = unlike();
        for (Pair pair : open) {
            compare(pair);
        }
        return count;
    }

    /** A cell as the two have it; absent where one has none of it. */
    private record Pair(
            Cell.Key key, @Nullable Cell one, @Nullable Cell other) {

        boolean isSummed() {
            return (one == null || one.checksum().isPresent())
                    && (other == null || other.checksum().isPresent());
        }

        boolean isSame() {
            return one != null
                    && other != null
                    && isSummed()
                    && one.count() == other.count()
                    && one.checksum().equals(other.checksum());
        }
    }

    /** Those whose sums differ or tell nothing; of what is a difference anyway, only as many as are listed. */
    private List<Pair> unlike() {
        List<Pair> open = new ArrayList<>();
        int decided = 0;
        Runnable waiting = () -> heard.at(cells, entries.seen());
        try (PulledCells left = new PulledCells(old, waiting);
                PulledCells right = new PulledCells(built, waiting)) {
            Cell one = next(left);
            Cell other = next(right);
            while (one != null || other != null) {
                int order = order(one, other);
                Cell any = order <= 0 ? one : other;
                Pair pair =
                        new Pair(Objects.requireNonNull(any).key(), order <= 0 ? one : null, order >= 0 ? other : null);
                cells++;
                heard.at(cells, entries.seen());
                if (isDecided(pair) && decided++ >= Comparisons.MOST_DIFFERENCES) {
                    count++;
                } else if (!pair.isSame()) {
                    open.add(pair);
                }
                if (order <= 0) {
                    one = next(left);
                }
                if (order >= 0) {
                    other = next(right);
                }
            }
        }
        return open;
    }

    /** Of different moments a cell may differ only because it was read earlier in one of them. */
    private boolean isDecided(Pair pair) {
        return !pair.isSame() && pair.isSummed() && old.isOfOneMoment() && built.isOfOneMoment();
    }

    List<Difference> first() {
        return found;
    }

    long cells() {
        return cells;
    }

    private void compare(Pair pair) throws InterruptedException {
        Cell.Key key = pair.key();
        Cell one = pair.one();
        Cell other = pair.other();
        EntriesDiff.Found differing = entries.find(key, () -> heard.at(cells, entries.seen()));
        if (!isDecided(pair) && differing.isNone()) {
            return;
        }
        count++;
        if (found.size() < Comparisons.MOST_DIFFERENCES) {
            found.add(new Difference(
                    key.section(),
                    key.game(),
                    key.part(),
                    one == null ? 0 : one.count(),
                    other == null ? 0 : other.count(),
                    checksum(one),
                    checksum(other),
                    differing.distance(),
                    entries.positionsBehind(differing)));
        }
    }

    private static @Nullable Long checksum(@Nullable Cell cell) {
        OptionalLong sum = cell == null ? OptionalLong.empty() : cell.checksum();
        return sum.isPresent() ? (Long) sum.getAsLong() : null;
    }

    private static int order(@Nullable Cell one, @Nullable Cell other) {
        if (one == null) {
            return 1;
        }
        return other == null ? -1 : one.key().compareTo(other.key());
    }

    private static @Nullable Cell next(Iterator<Cell> cells) {
        return cells.hasNext() ? cells.next() : null;
    }
}
