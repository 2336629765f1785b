package io.gamemetrics.projections.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where the thread that talks to Kafka leaves a partition's records for the thread that handles them. The latter says
 * from which offset it wants them; until the former has sought there, nothing is left.
 */
final class Inbox {

    /** The offset that stands for the beginning of Kafka's log. */
    static final long BEGINNING = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private final int capacity;
    private OptionalLong wanted = OptionalLong.empty();
    private boolean open;
    private boolean closed;

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** Forgets what is here and asks for records from this offset on; {@link #BEGINNING} for the log's own beginning. */
    void want(long offset) {
        lock.lock();
        try {
            records.clear();
            wanted = OptionalLong.of(offset);
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** The offset to seek to, once; from then on records are taken in. */
    OptionalLong takeWanted() {
        lock.lock();
        try {
            OptionalLong offset = wanted;
            if (offset.isPresent()) {
                wanted = OptionalLong.empty();
                open = true;
            }
            return offset;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves records, in order; none are kept while another offset is wanted. */
    void leave(List<ConsumerRecord<byte[], byte[]>> more) {
        lock.lock();
        try {
            if (open && !closed) {
                records.addAll(more);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether Kafka is to be read: an offset was sought and there is room. */
    boolean hasRoom() {
        lock.lock();
        try {
            return open && !closed && records.size() < capacity;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to {@code most} records, waiting for the first; none after the timeout or when closed. */
    List<ConsumerRecord<byte[], byte[]>> take(int most, long timeoutMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (records.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(Math.min(most, records.size()));
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
