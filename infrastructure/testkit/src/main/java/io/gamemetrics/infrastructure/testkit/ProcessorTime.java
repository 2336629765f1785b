package io.gamemetrics.infrastructure.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

/** Processor time that processes took: on a busy machine it says more than the clock. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** Of these processes and of those they started that still run, since each began. */
    public static long nanos(Collection<Long> pids) {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.pid() == ProcessHandle.current().pid()
                        ? Stream.of(process)
                        : Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }
}
