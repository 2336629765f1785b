package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One partition's pages on their way from the thread that reads the event store to the one that handles them. */
final class StorePart implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<StorePage> pages;
    private final Consumer<StorePart> leaving;
    private volatile Position last;
    private volatile boolean open = true;
    private volatile @Nullable RuntimeException failure;

    /**
     * @param after what the partition has already
     * @param capacity pages kept ahead
     * @param leaving what is to be done on closing
     */
    StorePart(Position after, int capacity, Consumer<StorePart> leaving) {
        this.pages = new ArrayBlockingQueue<>(capacity);
        this.last = after;
        this.leaving = leaving;
    }

    /** The end of what was given so far. */
    Position last() {
        return last;
    }

    /** Whether anything is to be read for it. */
    boolean wants() {
        return open && failure == null;
    }

    /** Leaves a page, waiting for room. One that does not join what was given, or that is known already, is passed over. */
    void give(Position after, StorePage page) throws InterruptedException {
        if (after.number() > last.number() || page.position().number() <= last.number()) {
            return;
        }
        long known = last.number();
        StorePage fresh = after.number() == known
                ? page
                : new StorePage(
                        page.events().stream()
                                .filter(event -> event.position().number() > known)
                                .toList(),
                        page.position(),
                        page.asOf());
        while (open) {
            if (pages.offer(fresh, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                last = page.position();
                return;
            }
        }
    }

    /** The reading failed: who takes is told, and nothing more is read for it. */
    void fail(RuntimeException cause) {
        failure = cause;
    }

    /**
     * The next page, waiting a moment for it.
     *
     * @return absent when there is none yet
     * @throws RuntimeException what the reading failed with
     */
    @Nullable
    StorePage take() throws InterruptedException {
        StorePage page = pages.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        RuntimeException cause = failure;
        if (page == null && cause != null) {
            throw cause;
        }
        return page;
    }

    /** The next page, if it is there already. */
    @Nullable
    StorePage poll() {
        return pages.poll();
    }

    @Override
    public void close() {
        open = false;
        pages.clear();
        leaving.accept(this);
    }
}
