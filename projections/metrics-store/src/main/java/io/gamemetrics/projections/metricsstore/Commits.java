package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what partitions of this process want to write at the same time. Their batches touch the same days and
 * names and would wait for each other's commit; instead whoever finds the way free writes for all who wait, in one
 * transaction. Safe for concurrent use.
 */
final class Commits {

    /**
     * With so many, others wait for the next transaction: while the database writes, those whose batches are written
     * already prepare the next ones, and neither waits for the other.
     */
    private static final int ENOUGH_EVENTS = 20_000;

    private final ConcurrentLinkedQueue<Commit> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock way = new ReentrantLock(true);
    private final Together together;
    private final int enoughEvents;

    /** Writes batches in one transaction: those whose checkpoint still is the expected one, each {@link Commit#done}. */
    interface Together {
        void write(List<Commit> commits);
    }

    Commits(Together together) {
        this(together, ENOUGH_EVENTS);
    }

    /** @param enoughEvents with so many in one transaction, the others wait for the next */
    Commits(Together together, int enoughEvents) {
        this.together = together;
        this.enoughEvents = enoughEvents;
    }

    /** One batch with its checkpoint. */
    static final class Commit {
        final Flush flush;
        final int partition;
        final @Nullable Checkpoint expected;
        final Checkpoint next;
        final Collection<ParkedEvent> parked;
        final Collection<ParkedEvent> released;
        private @Nullable Boolean moved;
        private @Nullable RuntimeException failure;

        Commit(
                Flush flush,
                int partition,
                @Nullable Checkpoint expected,
                Checkpoint next,
                Collection<ParkedEvent> parked,
                Collection<ParkedEvent> released) {
            this.flush = flush;
            this.partition = partition;
            this.expected = expected;
            this.next = next;
            this.parked = parked;
            this.released = released;
        }

        private boolean isOver() {
            return moved != null || failure != null;
        }

        /** @param moved whether the checkpoint was the expected one, so that the batch is written */
        void done(boolean moved) {
            this.moved = moved;
        }
    }

    /**
     * Waits until the batch is written, by this thread or by another.
     *
     * @return false when another instance has moved the checkpoint: nothing was written
     */
    boolean write(Commit commit) {
        waiting.add(commit);
        boolean isOver = false;
        while (!isOver) {
            // Left and taken again for each transaction: whose batch is written goes on meanwhile.
            way.lock();
            try {
                if (!commit.isOver() && !waiting.isEmpty()) {
                    write(some());
                }
                isOver = commit.isOver() || waiting.isEmpty();
            } finally {
                way.unlock();
            }
        }
        if (commit.failure != null) {
            throw commit.failure;
        }
        return Boolean.TRUE.equals(commit.moved);
    }

    /** Those that came first, sorted by partition. */
    private List<Commit> some() {
        List<Commit> some = new ArrayList<>();
        int events = 0;
        for (Commit next = waiting.poll(); next != null; next = events < enoughEvents ? waiting.poll() : null) {
            some.add(next);
            events += next.flush.batch.rows.size();
        }
        some.sort(Comparator.comparingInt(each -> each.partition));
        return some;
    }

    /** How many have come while another writes. */
    int waiting() {
        return waiting.size();
    }

    /** Together; when that fails each alone, so that one batch's trouble is no other's. */
    private void write(List<Commit> commits) {
        if (commits.isEmpty()) {
            return;
        }
        try {
            together.write(commits);
        } catch (RuntimeException e) {
            if (commits.size() == 1 || isOfAll(e)) {
                commits.forEach(commit -> commit.failure = e);
            } else {
                commits.forEach(commit -> write(List.of(commit)));
            }
        }
    }

    /** Without a connection each alone would only wait as long again. */
    private static boolean isOfAll(RuntimeException failure) {
        return switch (failure.getCause()) {
            case SQLTransientException e -> true;
            case SQLException e -> e.getSQLState() != null && e.getSQLState().startsWith("08");
            case null, default -> false;
        };
    }
}
