package io.gamemetrics.infrastructure.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * How much of this machine the embedded PostgreSQL takes. Its own defaults are those of a machine of 1 GB: with them, millions
 * of events are read from disk again and again, and each minute of much writing ends in a checkpoint.
 */
final class PostgresSize {

    private static final long MIB = 1 << 20;
    private static final long LEAST_MIB = 128;
    private static final long MOST_MIB = 1_024;
    private static final int SHARE_OF_THE_MEMORY = 16;

    /** PostgreSQL's own, which is room on the disk. */
    private static final long LEAST_WAL_MIB = 1_024;

    private PostgresSize() {}

    /** Settings of postgresql.conf, by name, for this machine, or for what this process may have of it. */
    static Map<String, String> here() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? of(machine.getTotalMemorySize())
                : Map.of();
    }

    /** @param memory of the machine, in bytes */
    static Map<String, String> of(long memory) {
        long buffers = Math.clamp(memory / SHARE_OF_THE_MEMORY / MIB, LEAST_MIB, MOST_MIB);
        return Map.of("shared_buffers", buffers + "MB", "max_wal_size", Math.max(LEAST_WAL_MIB, 2 * buffers) + "MB");
    }
}
