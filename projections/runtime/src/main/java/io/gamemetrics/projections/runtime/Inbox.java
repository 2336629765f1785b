package io.gamemetrics.projections.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where those who talk to Kafka leave a partition's records for the thread that handles them: the projection's own consumer,
 * and near the head of the stream the one that reads for several. It knows up to which offset it has everything. Whoever
 * brings a stretch of the log, what is there already is passed over and what would leave a gap is not taken, so that it does
 * not matter who brings what. Safe for concurrent use; nobody waits in it for others but who takes.
 */
final class Inbox {

    /** The offset that stands for the beginning of Kafka's log. */
    static final long BEGINNING = -1;

    /** Somebody publishes several times a second: who is given nothing for so long looks for itself whether there is more. */
    static final Duration SILENT = Duration.ofSeconds(3);

    /** Who brings records. */
    private enum Source {
        /** Its own consumer alone. */
        OWN,
        /** Its own consumer, which has come to the end of the log: who reads for several may join in. */
        AT_END,
        /** Who reads for several; its own consumer rests. */
        SHARED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<StreamRecord> records = new ArrayDeque<>();
    private final int capacity;
    private final LongSupplier nanos;
    private OptionalLong next = OptionalLong.empty();
    private Source source = Source.OWN;
    private long sharedAtNanos;
    private boolean closed;

    /** @param capacity with so many records nothing more is read; what was read already may be as much above as one poll gives */
    Inbox(int capacity) {
        this(capacity, System::nanoTime);
    }

    /** @param nanos a clock as {@link System#nanoTime} is one */
    Inbox(int capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
    }

    /** Forgets what is here and asks for records from this offset on; {@link #BEGINNING} for the log's own beginning. */
    void want(long offset) {
        lock.lock();
        try {
            records.clear();
            next = OptionalLong.of(offset);
            source = Source.OWN;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what is here and goes on at the log's own beginning: Kafka no longer has what comes next. */
    void beginAgain() {
        lock.lock();
        try {
            next = next.isPresent() ? OptionalLong.of(BEGINNING) : next;
            source = Source.OWN;
        } finally {
            lock.unlock();
        }
    }

    /** Where its own consumer is to read on; absent: not now, as there is no room, or others bring it. */
    OptionalLong ownNext() {
        lock.lock();
        try {
            if (source == Source.SHARED && nanos.getAsLong() - sharedAtNanos > SILENT.toNanos()) {
                // It may be asking a connection that is dead.
                source = Source.AT_END;
            }
            return hasRoom() && source != Source.SHARED ? next : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Where who reads for several would begin for this one; absent: not to be given anything. */
    OptionalLong sharedNext() {
        lock.lock();
        try {
            return source == Source.OWN || closed ? OptionalLong.empty() : next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether who reads for several brings all records now. */
    boolean isShared() {
        lock.lock();
        try {
            return source == Source.SHARED;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what its own consumer read; {@code isAtEnd}: there is no more at the moment. */
    void leave(Stretch stretch, boolean isAtEnd) {
        lock.lock();
        try {
            boolean taken = take(stretch);
            if (taken && isAtEnd && hasRoom() && source == Source.OWN) {
                source = Source.AT_END;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what was read for several, if it is at the end of the log, has room, and misses nothing in between. Its own
     * consumer rests as long as that is so, and who reads for several is not behind.
     */
    void share(Stretch stretch) {
        lock.lock();
        try {
            if (source == Source.OWN) {
                return;
            }
            if (hasRoom()) {
                boolean isLevel = take(stretch) && stretch.to() == next.getAsLong();
                source = isLevel ? Source.SHARED : Source.AT_END;
                sharedAtNanos = nanos.getAsLong();
            } else {
                source = Source.OWN;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads for several any more: its own consumer goes on. */
    void unshare() {
        lock.lock();
        try {
            source = Source.OWN;
        } finally {
            lock.unlock();
        }
    }

    private boolean take(Stretch stretch) {
        if (closed || next.isEmpty() || stretch.from() > next.getAsLong()) {
            return false;
        }
        records.addAll(stretch.since(next.getAsLong()));
        next = OptionalLong.of(Math.max(next.getAsLong(), stretch.to()));
        changed.signalAll();
        return true;
    }

    private boolean hasRoom() {
        return !closed && records.size() < capacity;
    }

    /** Takes up to {@code most} records, waiting for the first; none after the timeout or when closed. */
    List<StreamRecord> take(int most, long timeoutMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (records.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<StreamRecord> taken = new ArrayList<>(Math.min(most, records.size()));
            while (taken.size() < most && !records.isEmpty() && !closed) {
                taken.add(records.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many records are here, or for so long. */
    void gather(int enough, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (records.size() < enough && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, but not longer than until it is closed. */
    void pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            records.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
