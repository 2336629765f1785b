package io.gamemetrics.infrastructure.platform;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much of this machine the embedded PostgreSQL takes. Its own defaults are those of a machine of 1 GB: with them, millions
 * of events are read from disk again and again, and each minute of much writing ends in a checkpoint, after which every page
 * that changes is written to the log whole.
 */
final class PostgresSize {

    private static final long MIB = 1 << 20;
    private static final long LEAST_MIB = 128;
    private static final long MOST_MIB = 2_048;

    /** A quarter is the usual advice for a machine of its own; here the platform's JVM, Kafka's and Redis live too. */
    private static final int SHARE_OF_THE_MEMORY = 12;

    /** PostgreSQL's own, which is room on the disk. */
    private static final long LEAST_LOG_MIB = 1_024;

    /** More would make checkpoints rarer still, and what is to be gone through after a crash longer. */
    private static final int LOG_TIMES_THE_BUFFERS = 2;

    private static final int SHARE_OF_THE_DISK = 16;

    private PostgresSize() {}

    /**
     * Settings of postgresql.conf, by name, for this machine, or for what this process may have of it.
     *
     * @param data the folder the server's data lie in, or will
     */
    static Map<String, String> here(Path data) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? of(machine.getTotalMemorySize(), disk(data))
                : Map.of();
    }

    /** The size of the file system a folder is on, or will be. What is free is no measure: at the next start it is less, for the same data. */
    static long disk(Path data) {
        try {
            Path there = data.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return Files.getFileStore(there).getTotalSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * @param memory of the machine, in bytes
     * @param disk the size of the file system the data are on, in bytes
     */
    static Map<String, String> of(long memory, long disk) {
        long buffers = Math.clamp(memory / SHARE_OF_THE_MEMORY / MIB, LEAST_MIB, MOST_MIB);
        long log = Math.min(LOG_TIMES_THE_BUFFERS * buffers, disk / SHARE_OF_THE_DISK / MIB);
        return Map.of("shared_buffers", buffers + "MB", "max_wal_size", Math.max(LEAST_LOG_MIB, log) + "MB");
    }
}
