package io.gamemetrics.commandside.player;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * How many events of one player occurred in each of the {@value #MAX_MINUTES} minutes last written to. A minute that
 * nothing was added to for 256 other minutes starts again from 0: the limit holds against floods, and is not an exact
 * count over all time. Not safe for concurrent use.
 */
final class MinuteCounts {

    static final int MAX_MINUTES = 256;

    private static final int MILLIS_PER_MINUTE = 60_000;

    /** Oldest use first. */
    private long[] minutes = new long[4];

    private int[] counts = new int[4];
    private int size;

    static long minuteOf(Instant occurredAt) {
        return Math.floorDiv(occurredAt.toEpochMilli(), MILLIS_PER_MINUTE);
    }

    int of(long minute) {
        int at = indexOf(minute);
        return at < 0 ? 0 : counts[at];
    }

    void increment(long minute) {
        int at = indexOf(minute);
        int count = 1;
        if (at >= 0) {
            count += counts[at];
            remove(at);
        } else if (size == MAX_MINUTES) {
            remove(0);
        } else if (size == minutes.length) {
            int larger = Math.min(MAX_MINUTES, size * 2);
            minutes = Arrays.copyOf(minutes, larger);
            counts = Arrays.copyOf(counts, larger);
        }
        minutes[size] = minute;
        counts[size] = count;
        size++;
    }

    int bytes() {
        return minutes.length * (Long.BYTES + Integer.BYTES);
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(minutes[i]);
            out.writeInt(counts[i]);
        }
    }

    static MinuteCounts read(DataInput in) throws IOException {
        MinuteCounts read = new MinuteCounts();
        read.size = in.readShort();
        int capacity = Math.max(4, read.size);
        read.minutes = new long[capacity];
        read.counts = new int[capacity];
        for (int i = 0; i < read.size; i++) {
            read.minutes[i] = in.readLong();
            read.counts[i] = in.readInt();
        }
        return read;
    }

    /** From the newest: events mostly fall into the minute of the one before. */
    private int indexOf(long minute) {
        for (int i = size - 1; i >= 0; i--) {
            if (minutes[i] == minute) {
                return i;
            }
        }
        return -1;
    }

    private void remove(int at) {
        System.arraycopy(minutes, at + 1, minutes, at, size - at - 1);
        System.arraycopy(counts, at + 1, counts, at, size - at - 1);
        size--;
    }
}
