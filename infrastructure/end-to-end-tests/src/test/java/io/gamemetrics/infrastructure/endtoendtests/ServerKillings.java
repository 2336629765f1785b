package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Servers of a running platform that are killed, which the platform starts again, while a command goes on sending. */
record ServerKillings(Path data, PlatformProcess platform) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Until the server is back, and the command, which writes down its progress each second, has gone on. */
    void killAndAwaitMoreAnswers(String server, CommandLine.Running sending) throws IOException {
        long returns = backCount();
        long before = lastWritten();
        kill(data.resolve("servers").resolve(server).resolve("server.pid"));
        while (sending.process().isAlive() && (backCount() == returns || lastWritten() == before)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static void kill(Path pidFile) throws IOException {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private long backCount() {
        return platform.output()
                .lines()
                .filter(line -> line.endsWith(" is back."))
                .count();
    }

    private long lastWritten() throws IOException {
        Path state = data.resolveSibling("state").resolve("gamemetrics");
        return Files.isDirectory(state) ? Files.getLastModifiedTime(state).toMillis() : 0;
    }
}
