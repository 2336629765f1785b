package io.gamemetrics.commandside.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process and all it started, stopped in the middle of whatever they do, connections open, until this is closed. */
record FrozenProcesses(List<Long> pids) implements AutoCloseable {

    static FrozenProcesses of(long pid) throws IOException {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        // The parent first: it starts no others then.
        signal("STOP", List.of(pid));
        List<Long> all = Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        signal("STOP", all);
        return new FrozenProcesses(all);
    }

    /** So long. */
    void last(Duration fault) {
        if (pids.isEmpty()) {
            throw new AssertionError("nothing is frozen");
        }
        Moment.pass(fault);
    }

    @Override
    public void close() throws IOException {
        signal("CONT", pids);
    }

    private static void signal(String name, List<Long> pids) throws IOException {
        for (long pid : pids) {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        }
    }
}
